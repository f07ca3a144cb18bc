/** The time of the PBX, as far as this computer knows its zone. */

/** Records may still come for so long. */
const SETTLING_MS = 10 * 60_000;

/** `YYYY-MM-DD hh:mm:ss` in a zone such as `Europe/Berlin`; in this computer's own where that is not known. */
function wallTime(time: number, timeZone: string): string {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}`;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit' as const;
  const all = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  const format = (zone: string | undefined) =>
    new Intl.DateTimeFormat('en', { ...all, hourCycle: 'h23', ...(zone && { timeZone: zone }) });
  try {
    return format(timeZone.trim());
  } catch {
    return format(undefined);
  }
}

/**
 * True when records up to the end of the day `to` may still come: it is not over in the zone of the PBX, or only since a
 * few minutes (spec 8.15). `now`: milliseconds since 1970, UTC.
 */
export const isProvisional = (to: string, now: number, timeZone: string): boolean =>
  `${to} 23:59:59` >= wallTime(now - SETTLING_MS, timeZone);
