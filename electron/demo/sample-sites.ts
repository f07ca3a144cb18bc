import { addDays, type Day } from '../contract/calendar.ts';
import { seededRandom, seededUuid } from './seeded.ts';
import { dayTime, wireStamp } from './wire-format.ts';

/** A site of the sample partner. */
export interface SampleSite {
  readonly name: string;
  readonly customer: string;
  /** Its part of the year's calls; all sites together make 1. */
  readonly share: number;
}

/** One name holds blanks and one a letter outside ASCII: both must be percent-encoded in a path. */
export const sampleSites: readonly SampleSite[] = [
  { name: 'alder-insurance', customer: 'Alder Group', share: 0.14 },
  { name: 'alder-services', customer: 'Alder Group', share: 0.06 },
  { name: 'Blue Harbor Foods', customer: 'Blue Harbor', share: 0.1 },
  { name: 'brightwater-energy', customer: 'Brightwater', share: 0.08 },
  { name: 'cedar-clinics', customer: 'Cedar Health', share: 0.12 },
  { name: 'cedar-labs', customer: 'Cedar Health', share: 0.05 },
  { name: 'eastgate-bank', customer: 'Eastgate', share: 0.18 },
  { name: 'fjordline-freight', customer: 'Fjordline', share: 0.04 },
  { name: 'granite-retail', customer: 'Granite', share: 0.07 },
  { name: 'müller-anlagenbau', customer: 'Müller', share: 0.05 },
  { name: 'orchard-media', customer: 'Orchard', share: 0.05 },
  { name: 'quartz-university', customer: 'Quartz', share: 0.06 },
];

/** When the site was last changed, in milliseconds since 1970, UTC. */
export const lastSiteUpdate = (site: SampleSite, today: Day): number =>
  dayTime(addDays(today, -1 - Math.floor(seededRandom(site.name)() * 200)), '04:00:00');

const headings =
  'SITENAME|SITEURL|SITEID|SITEUUID|SUBSCRIPTIONREFID|SUBSCRIPTIONSTARTTIME|SUBSCRIPTIONENDTIME|LASTSITEUPDATE';

/**
 * The active site list: pipes in spite of its name `.csv`, `Total:n` as its last line, and months that lack
 * the leading zero in one column, all as the service writes it.
 */
export function siteListText(today: Day): string {
  const rows = sampleSites.map((site, index) => {
    const start = dayTime(addDays(today, -400 - index * 17));
    return [
      site.name,
      `${site.name.toLowerCase().replaceAll(' ', '')}.webex.example`,
      555_001 + index * 13,
      seededUuid(`site ${site.name}`).replaceAll('-', '').toUpperCase(),
      `SUB${2077 + index * 31}`,
      wireStamp(start).replace(/^0/, ''),
      wireStamp(start + 3 * 365 * 86_400_000),
      wireStamp(lastSiteUpdate(site, today)),
    ].join('|');
  });
  return `${[headings, ...rows, `Total:${rows.length}`].join('\n')}\n`;
}
