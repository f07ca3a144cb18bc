/** What a handful of measured figures says. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle figure, or the mean of the two in the middle. At least one is needed. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('no figures');
  return (lower + upper) / 2;
}

export function summaryOf(values: readonly number[]): Summary {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/**
 * How many times `other` `one` is: the median of the ratios round by round, since what slows the machine down for a
 * while slows down both figures of a round.
 */
export function ratio(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length) throw new RangeError('rounds that are not in pairs');
  return median(one.map((value, round) => value / (other[round] ?? Number.NaN)));
}
