import { below, type Random, seededRandom, seededUuid } from '../seeded.ts';

/** A record as the service writes it: keys with blanks, everything text but the durations. */
export type Leg = Readonly<Record<string, string | number>>;

const HOUR_MS = 3_600_000;
/** A call may be reported this long after it began. */
const LONGEST_CALL_MS = 3 * HOUR_MS;

const locations = ['Depot North', 'Head office', 'Harbour, east quay'] as const;
const people = ['Ada Byron', 'Grace "Amazing" Hopper', 'Jürgen Groß', 'María José Peña', 'Li Wei'] as const;
const kinds = ['SIP_NATIONAL', 'SIP_INTERNATIONAL', 'SIP_MOBILE', 'SIP_TOLLFREE', 'SIP_INBOUND'] as const;
const outcomes = [
  ['Success', 'Normal'],
  ['Success', 'NoAnswer'],
  ['Success', 'UserBusy'],
  ['Refusal', 'CallRejected'],
] as const;

/**
 * All legs that were reported from `from` up to and including `to` (milliseconds since 1970, UTC), in the order of their
 * reports. The same for the same time, whenever it is asked. More in working hours; those inside the organization have
 * two legs.
 */
export function sampleLegs(from: number, to: number): Leg[] {
  const legs: Leg[] = [];
  for (let hour = Math.floor((from - LONGEST_CALL_MS) / HOUR_MS); hour * HOUR_MS <= to; hour++) {
    legs.push(...legsOfHour(hour));
  }
  return legs
    .filter((leg) => {
      const time = timeOf(leg, 'Report time');
      return from <= time && time <= to;
    })
    .sort((a, b) => timeOf(a, 'Report time') - timeOf(b, 'Report time'));
}

/** Milliseconds since 1970, UTC, under a key that every leg has. */
export const timeOf = (leg: Leg, key: string): number => Date.parse(String(leg[key]));

function legsOfHour(hour: number): Leg[] {
  const random = seededRandom(`hour ${hour}`);
  const ofDay = ((hour % 24) + 24) % 24;
  const calls = ofDay >= 7 && ofDay < 18 ? 8 + below(random, 10) : below(random, 3);
  return Array.from({ length: calls }, (_, i) => legsOfCall(`${hour}/${i}`, hour * HOUR_MS, random)).flat();
}

function legsOfCall(seed: string, hour: number, random: Random): Leg[] {
  const begun = hour + below(random, HOUR_MS);
  const rings = 1 + below(random, 20);
  const [outcome, reason] = pick(random, outcomes);
  const isAnswered = reason === 'Normal';
  const seconds = isAnswered ? 5 + below(random, random() < 0.02 ? 9000 : 600) : 0;
  const released = begun + (rings + seconds) * 1000;
  const isInside = random() < 0.3;
  const site = pick(random, locations);
  const who = pick(random, people);
  const common = {
    'Start time': iso(begun),
    ...(isAnswered && { 'Answer time': iso(begun + rings * 1000) }),
    // One of the times is written in a way of its own.
    'Release time': iso(released).replace('T', ' ').replace('Z', ''),
    'Report time': iso(released + 500),
    Answered: String(isAnswered),
    'Answer indicator': isAnswered ? 'Yes' : 'No',
    'Call outcome': outcome,
    'Call outcome reason': reason,
    Duration: seconds,
    'Ring duration': rings,
    'Calling number': `+1555${String(below(random, 10_000_000)).padStart(7, '0')}`,
    'Called number': `+4955${String(below(random, 100_000_000)).padStart(8, '0')}`,
    'Call type': isInside ? 'SIP_ENTERPRISE' : pick(random, kinds),
    'Correlation ID': seededUuid(`correlation ${seed}`),
    'Site timezone': '-300',
    'Org UUID': seededUuid('organization'),
  };
  const leg = (direction: string): Leg => ({
    'Report ID': seededUuid(`report ${seed} ${direction}`),
    ...common,
    Direction: direction,
    User: who,
    'User type': 'User',
    Location: site,
    'OS type': random() < 0.5 ? 'na' : 'NA',
    ...(random() < 0.4 && { [random() < 0.5 ? 'Device MAC' : 'Device Mac']: 'A1B2C3D4E5F6' }),
    ...(random() < 0.05 && {
      [random() < 0.5 ? 'Call transfer Time' : 'Call transfer time']: iso(begun + 60_000),
    }),
    ...(random() < 0.03 && { 'Carrier note': 'first line\nsecond, "quoted" line' }),
  });
  return isInside ? [leg('ORIGINATING'), leg('TERMINATING')] : [leg('ORIGINATING')];
}

const iso = (time: number): string => new Date(time).toISOString();

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}
