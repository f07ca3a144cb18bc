import { daysIn, firstDayOf, isDay, lastDayOf } from '../contract/calendar.ts';
import { sampleSites } from './sample-sites.ts';
import { below, seededRandom } from './seeded.ts';

export const peakLevels = ['site', 'customer', 'partner'] as const;
export type PeakLevel = (typeof peakLevels)[number];

const partner = 'Sample Partner';

/** Who has a row of their own at each level. */
const subjects: Readonly<Record<PeakLevel, readonly string[]>> = {
  site: sampleSites.map((site) => site.name),
  customer: [...new Set(sampleSites.map((site) => site.customer))],
  partner: [partner],
};

/**
 * Peak port usage as a CSV: by the hour for a day, by the day for a month. The columns are our own choice: the
 * service's documentation does not give any.
 */
export function peakPortsCsv(level: PeakLevel, period: string): Buffer {
  const random = seededRandom(`${level} ${period}`);
  const slots = isDay(period)
    ? Array.from({ length: 24 }, (_, hour) => `${period}T${String(hour).padStart(2, '0')}:00:00Z`)
    : daysIn({ from: firstDayOf(period), to: lastDayOf(period) });
  const most = level === 'partner' ? 4000 : level === 'customer' ? 700 : 400;
  const rows = subjects[level].flatMap((subject) =>
    slots.map((slot) => `${partner},${subject},${slot},${below(random, most)}\n`),
  );
  return Buffer.from(`PARTNER,${level.toUpperCase()}_NAME,PERIOD_START,PEAK_PORTS\n${rows.join('')}`);
}
