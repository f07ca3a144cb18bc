import type { Day } from '../contract/calendar.ts';
import type { SampleSite } from './sample-sites.ts';
import { below, type Random, seededRandom } from './seeded.ts';

const people = [
  'a.meier',
  'b.okafor',
  'c.dubois',
  'd.lindqvist',
  'e.tanaka',
  'f.rossi',
  'g.novak',
  'h.silva',
  'i.walsh',
  'j.kumar',
  'k.haddad',
  'l.jensen',
];
const meetings = [
  'Weekly forecast',
  'Month-end close',
  'Board preparation',
  'Customer review',
  'Project stand-up',
  'Training',
  'Supplier call',
  'All hands',
  'Interview',
  'Audit questions',
];
const callTypes = [
  'VoIP',
  'VoIP',
  'VoIP',
  'Call-in',
  'Call-in toll free',
  'Call-back',
  'Call-back international',
];
const countries = ['US', 'US', 'US', 'GB', 'DE', 'FR', 'IN', 'JP', 'BR', 'SE'];

/** The columns are our own choice: the service's documentation does not give any. */
const headings =
  'CALL_ID,SITE_NAME,CONFERENCE_ID,MEETING_NAME,HOST,START_TIME,END_TIME,MINUTES,CALL_TYPE,NUMBER,COUNTRY\n';

/** Rows of a site with a full share of calls on a weekday; makes the year's archives 1.1 MB on average. */
const callsOnWeekday = 9_600;
const weekendPart = 0.25;

/** Stands in a prepared row where the day goes. */
const DAY_MARK = '\0';

/** The calls of one site on one day, as a CSV. The same bytes whenever it is asked. */
export type CallsCsv = (site: SampleSite, day: Day) => Buffer;

/**
 * Rows are prepared once a site, for a busy day in order of time; each day takes its own selection of them and
 * gets its date written into them. Making up every row of the year anew would take many times as long.
 */
export function createCallsCsv(): CallsCsv {
  const prepared = new Map<string, readonly string[]>();
  return (site, day) => {
    const rows = prepared.get(site.name) ?? prepareRows(site);
    prepared.set(site.name, rows);
    const random = seededRandom(`${day} ${site.name}`);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const usual = weekday === 0 || weekday === 6 ? weekendPart : 1;
    const count = Math.ceil(site.share * callsOnWeekday * usual * (0.85 + 0.3 * random()));
    const step = rows.length / count;
    let text = headings;
    for (let i = 0; i < count; i++) text += rows[Math.floor((i + random()) * step)];
    return Buffer.from(text.replaceAll(DAY_MARK, day));
  };
}

function prepareRows(site: SampleSite): string[] {
  const random = seededRandom(site.name);
  const count = Math.ceil(site.share * callsOnWeekday * 1.2);
  const lastStart = 22 * 3600;
  return Array.from({ length: count }, (_, i) => {
    const start = 3600 + Math.floor(((i + random()) / count) * (lastStart - 3600));
    const seconds = 60 + below(random, 3600);
    const call = [
      `${DAY_MARK}-${String(i).padStart(5, '0')}`,
      site.name,
      100_000_000 + below(random, 899_999_999),
      pick(random, meetings),
      `${pick(random, people)}@example.com`,
      `${DAY_MARK}T${timeOfDay(start)}Z`,
      `${DAY_MARK}T${timeOfDay(start + seconds)}Z`,
      Math.ceil(seconds / 60),
      pick(random, callTypes),
      `+1 555 01${String(below(random, 100)).padStart(2, '0')}`,
      pick(random, countries),
    ];
    return `${call.join(',')}\n`;
  });
}

const pick = (random: Random, list: readonly string[]): string => list[below(random, list.length)] ?? '';

const timeOfDay = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
