/**
 * The active site list: columns parted by `|`, one heading line, and at the end `Total:<n>`. No line for a site is
 * quoted or broken, as far as is known.
 */
import { open } from 'node:fs/promises';
import type { Criteria } from '../../contract/report.ts';
import type { ListedFile } from '../provider.ts';
import { reportIds } from './declaration.ts';
import { SITE_LIST_PATH, urlBelow } from './endpoints.ts';
import { utcDay } from './wire-dates.ts';

/**
 * The site list is no listed file but an address of its own; it is made up as one. Its id holds the day, so that
 * tomorrow's list is another file; asked for again, it stays the one it was.
 */
export function siteListFile(serverAddress: string, criteria: Criteria, now: number): ListedFile {
  const { day } = criteria;
  const nameDate = typeof day === 'string' ? day : utcDay(now);
  const id = `CCA_SITES_LIST_${nameDate.replaceAll('-', '')}`;
  return {
    id,
    name: `${id}.csv`,
    size: null,
    md5: null,
    createdOn: null,
    expiresOn: null,
    nameDate,
    site: null,
    attempts: null,
    downloadable: true,
    link: urlBelow(serverAddress, SITE_LIST_PATH),
    content: 'text',
    findAgainWith: { reportId: reportIds.siteList, criteria: { day: nameDate } },
  };
}

const totalLine = /^\s*total\s*:\s*(\d+)[\s|]*$/i;
const headingLine = /(^|\|)\s*"?sitename"?\s*(\||$)/i;

/**
 * True when the list holds as many sites as its last line says. False when the numbers differ, and when there is no
 * such line: then its end may be missing.
 */
export async function isCompleteSiteList(lines: AsyncIterable<string> | Iterable<string>): Promise<boolean> {
  let rows = 0;
  let total: number | null = null;
  let headingSeen = false;
  for await (const line of lines) {
    const text = line.replace(/^\ufeff/, '');
    const announced = totalLine.exec(text);
    if (announced) total = Number(announced[1]);
    else if (!headingSeen && headingLine.test(text)) headingSeen = true;
    else if (text.trim() !== '') rows++;
  }
  return total === rows;
}

/** The same for a file on disk, read line by line. Rejects when the file cannot be read. */
export async function isCompleteSiteListFile(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    return await isCompleteSiteList(file.readLines({ autoClose: false }));
  } finally {
    await file.close();
  }
}
