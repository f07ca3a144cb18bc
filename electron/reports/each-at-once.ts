/**
 * Does `work` for every item, in their order, at most `most()` at the same time. The limit may fall on the way: it
 * is asked again before each item. It is at least 1.
 */
export async function eachAtOnce<T>(
  items: readonly T[],
  most: () => number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  async function lane(number: number): Promise<void> {
    while (number === 0 || number < most()) {
      const item = items[next++];
      if (item === undefined) return;
      await work(item);
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, most()) }, (_, number) => lane(number)));
}
