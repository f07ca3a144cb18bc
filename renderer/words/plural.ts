const number = new Intl.NumberFormat('en-GB');

/** `1,204`. */
export const formatCount = (count: number): string => number.format(count);

/** `1 file`, `1,204 files`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
