import { ok, type Result } from '../contract/result.ts';

/** One page of a list that is given in pages. */
export interface PageOf<T> {
  readonly items: readonly T[];
  /** Ask again with this for more; null when there is no more. */
  readonly next: string | null;
  /** How many items there are in all, as of this page; null when it is not said. */
  readonly announced: number | null;
}

export interface PageThroughOptions<T> {
  /** Asks for one page: null first, then the last page's `next`. A failure ends it all. */
  ask(cursor: string | null): Promise<Result<PageOf<T>>>;
  /** What tells items apart. */
  idOf(item: T): string;
  /** True ends the reading at once: what was looked for is there. */
  isEnough?(item: T): boolean;
  /** Told after each page: unique items so far, and the newest number announced. */
  onPage?(found: number, announced: number | null): void;
  /** Against a list that never ends. */
  readonly mostPages?: number;
}

export interface PagedThrough<T> {
  /** Each id once, in the order of first sight, as it was read last. */
  readonly items: readonly T[];
  /** The newest number announced; the number of items where none was. Larger than that number: some are missing. */
  readonly announced: number;
  /** False when it was given up after the most pages: nobody knows what else there is. */
  readonly reachedEnd: boolean;
}

/**
 * Reads a list page by page that may change meanwhile. Ends at an empty page, at a page that brings no new id, and
 * when there are as many ids as were announced last. When it ends with fewer, the list is read once more from its
 * beginning: something may have moved to a page that was already read.
 */
export async function pageThrough<T>(options: PageThroughOptions<T>): Promise<Result<PagedThrough<T>>> {
  const { ask, idOf, isEnough = () => false, onPage, mostPages = 1000 } = options;
  const items = new Map<string, T>();
  let announced: number | null = null;
  let enough = false;
  const isWhole = () => enough || (announced !== null && items.size >= announced);

  /** True when it came to an end of the list, false when it was too long. */
  async function readOnce(): Promise<Result<boolean>> {
    const seen = new Set<string>();
    let cursor: string | null = null;
    for (let pages = 0; pages < mostPages; pages++) {
      const page: Result<PageOf<T>> = await ask(cursor);
      if (!page.ok) return page;
      const seenBefore = seen.size;
      for (const item of page.value.items) {
        const id = idOf(item);
        seen.add(id);
        items.set(id, item);
        enough ||= isEnough(item);
      }
      announced = page.value.announced ?? announced;
      onPage?.(items.size, announced);
      cursor = page.value.next;
      if (seen.size === seenBefore || isWhole() || cursor === null) return ok(true);
    }
    return ok(false);
  }

  const first = await readOnce();
  if (!first.ok) return first;
  if (first.value && announced !== null && !isWhole()) {
    const second = await readOnce();
    if (!second.ok) return second;
  }
  return ok({
    items: [...items.values()],
    announced: announced ?? items.size,
    reachedEnd: first.value || isWhole(),
  });
}
