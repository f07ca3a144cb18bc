import { zipSync } from 'fflate';
import {
  addDays,
  addMonths,
  type Day,
  daysIn,
  firstDayOf,
  type Month,
  monthOf,
  monthsIn,
} from '../contract/calendar.ts';
import { createCallsCsv } from './sample-calls.ts';
import { type PeakLevel, peakLevels, peakPortsCsv } from './sample-peak-ports.ts';
import { type SampleSite, sampleSites, siteListText } from './sample-sites.ts';
import { seededUuid } from './seeded.ts';
import { dayTime } from './wire-format.ts';
import type { WorkLane } from './work-lane.ts';

/** One file of the sample year. Its content is made when asked for, and the same bytes each time. */
export interface SampleFile {
  readonly id: string;
  readonly name: string;
  /** Where its download lives, below the server address. */
  readonly path: string;
  readonly type: 'daily' | 'monthly';
  readonly contentType: 'text/csv' | 'application/zip';
  /** The day or month in its name. */
  readonly period: Day | Month;
  /** Milliseconds since 1970, UTC. */
  readonly createdOn: number;
  readonly expiresOn: number;
  /** Its listing shows the expiry in a malformed way. */
  readonly oddExpiry: boolean;
  make(): Promise<Buffer>;
}

/** A year of files, in order of their dates. */
export interface SampleYear {
  readonly sites: readonly SampleSite[];
  readonly siteList: Buffer;
  /** The CDR files by site name. */
  readonly bySite: ReadonlyMap<string, readonly SampleFile[]>;
  readonly archives: readonly SampleFile[];
  readonly peakDaily: Readonly<Record<PeakLevel, readonly SampleFile[]>>;
  readonly peakMonthly: Readonly<Record<PeakLevel, readonly SampleFile[]>>;
  /** Any of the files by its download path. */
  readonly byPath: ReadonlyMap<string, SampleFile>;
}

/** The documented examples keep files for 365, 366, 386 and 495 days; with 386 the oldest of the year are still there. */
const KEPT_MS = 386 * 86_400_000;

/** ZIP entries carry local time: noon of the day by the local calendar gives the same bytes in every time zone. */
const localNoon = (day: Day): Date => new Date(`${day}T12:00:00`);

const compact = (period: string): string => period.replaceAll('-', '');
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/**
 * The 365 days before `today` and the 12 months before its month.
 *
 * Dates relate as in the service's own examples: the CDR file of a site is named for the day before it was
 * created (and filtered by either date); a daily archive and a daily Peak Port file are named for the day after
 * they were created, and a monthly one for the month before. For these three the "creation" filters go by the
 * date in the name, so that asking for March brings the files named March.
 *
 * Missing on purpose: archive and daily Peak Port files of the 17th of last month, and the monthly files of three
 * months ago. The archive of the 5th of last month expires in three days.
 */
export async function createSampleYear(today: Day, inLane: WorkLane): Promise<SampleYear> {
  const days = daysIn({ from: addDays(today, -365), to: addDays(today, -1) });
  const thisMonth = monthOf(today);
  const lastMonth = addMonths(thisMonth, -1);
  const months = monthsIn({ from: addMonths(thisMonth, -12), to: lastMonth });
  const daysPresent = days.filter((day) => day !== `${lastMonth}-17`);
  const monthsPresent = months.filter((month) => month !== addMonths(thisMonth, -3));
  const callsCsv = createCallsCsv();

  const siteFile = (site: SampleSite, day: Day): SampleFile => {
    const id = seededUuid(`cdr ${site.name} ${day}`);
    return describe({
      id,
      name: siteFileName(site, day),
      path: `/v1/cdr/${encodeURIComponent(site.name)}/${id}`,
      period: day,
      createdOn: dayTime(addDays(day, 1), '07:00:01'),
      make: () => inLane(() => callsCsv(site, day)),
    });
  };

  const archive = (day: Day): SampleFile => {
    const id = seededUuid(`archive ${day}`);
    return describe({
      id,
      name: `CCA_SP_CDR_Daily_${compact(day)}.zip`,
      path: `/v1/cdr/daily/compression/files/${id}`,
      contentType: 'application/zip',
      period: day,
      createdOn: dayTime(addDays(day, -1), '20:15:07'),
      ...(day === `${lastMonth}-05` ? { expiresOn: dayTime(addDays(today, 3), '20:15:07') } : {}),
      make: async () => {
        const entries: Record<string, Buffer> = {};
        for (const site of sampleSites) {
          entries[siteFileName(site, day)] = await inLane(() => callsCsv(site, day));
        }
        const zip = await inLane(() => zipSync(entries, { level: 0, mtime: localNoon(day) }));
        return Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
      },
    });
  };

  const peakFile = (level: PeakLevel, type: 'daily' | 'monthly', period: string): SampleFile => {
    const id = seededUuid(`peak ${level} ${period}`);
    const frequency = type === 'daily' ? 'Daily' : 'Calendar_Monthly';
    return describe({
      id,
      name: `Annuity_CCA_SP_Peak_Port_Usage_${capital(level)}_${frequency}_${compact(period)}.csv`,
      path: `/v1/peakport/files/${id}`,
      type,
      period,
      createdOn:
        type === 'daily'
          ? dayTime(addDays(period, -1), '20:43:18')
          : dayTime(addDays(firstDayOf(addMonths(period, 1)), 1), '08:43:18'),
      oddExpiry: type === 'monthly' && level === 'site' && period === addMonths(thisMonth, -2),
      make: () => inLane(() => peakPortsCsv(level, period)),
    });
  };

  const bySite = new Map<string, SampleFile[]>();
  for (const site of sampleSites) {
    bySite.set(site.name, await inLane(() => days.map((day) => siteFile(site, day))));
  }
  const archives = await inLane(() => daysPresent.map(archive));
  const peakOf = (type: 'daily' | 'monthly', periods: readonly string[]) =>
    inLane(() => byLevel((level) => periods.map((period) => peakFile(level, type, period))));
  const peakDaily = await peakOf('daily', daysPresent);
  const peakMonthly = await peakOf('monthly', monthsPresent);

  const byPath = new Map<string, SampleFile>();
  for (const files of [
    ...bySite.values(),
    archives,
    ...Object.values(peakDaily),
    ...Object.values(peakMonthly),
  ]) {
    for (const file of files) byPath.set(file.path, file);
  }
  const siteList = Buffer.from(siteListText(today));
  return { sites: sampleSites, siteList, bySite, archives, peakDaily, peakMonthly, byPath };
}

const siteFileName = (site: SampleSite, day: Day): string =>
  `${site.name}_CCA_SP_CDR_Daily_${compact(day)}.csv`;

type Described = Pick<SampleFile, 'id' | 'name' | 'path' | 'period' | 'createdOn' | 'make'> &
  Partial<SampleFile>;

/** Fills in what most files have in common. */
const describe = (file: Described): SampleFile => ({
  type: 'daily',
  contentType: 'text/csv',
  expiresOn: file.createdOn + KEPT_MS,
  oddExpiry: false,
  ...file,
});

const byLevel = <T>(make: (level: PeakLevel) => T): Record<PeakLevel, T> => {
  const [site, customer, partner] = peakLevels;
  return { site: make(site), customer: make(customer), partner: make(partner) };
};
