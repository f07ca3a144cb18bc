/** Nothing that a person waits for is put off longer than this, whatever a server asks. */
const LONGEST_MS = 30 * 60_000;

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds or an HTTP date. Answers with milliseconds from `now`, between 0
 * and 30 minutes; undefined when the header is absent or neither of the two.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const inRange = (ms: number) => Math.min(Math.max(0, ms), LONGEST_MS);
  if (/^\d+$/.test(text)) return inRange(Number(text) * 1000);
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : inRange(time - now);
}
