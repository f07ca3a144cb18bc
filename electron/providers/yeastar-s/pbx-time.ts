/** The time of the PBX, as far as the account says its zone. */
import { addDays, type Day } from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { createTimeZone, type TimeZone } from '../time-zone.ts';
import { ownTimeZone } from '../time-zone-list.ts';

/** Records may still come for so long. */
const SETTLING_MS = 10 * 60_000;

/** The zone that the account names, or this computer's where it names none. Failure `unknown-time-zone`. */
export function pbxZone({ timeZone = '' }: Readonly<Record<string, string>>): Result<TimeZone> {
  const name = timeZone.trim();
  const zone = createTimeZone(name || ownTimeZone());
  return zone ? ok(zone) : failed(failure('unknown-time-zone', 'of the PBX', { subject: name }));
}

/**
 * True when records up to the end of the day `to` may still come: it is not over in the zone of the PBX, or only since a
 * few minutes (spec 8.15). `now`: milliseconds since 1970, UTC.
 */
export const isProvisional = (to: Day, now: number, zone: TimeZone): boolean =>
  now < zone.startOf(addDays(to, 1)) + SETTLING_MS;
