/** What criteria and listed files have in common. */
import { isDay, type Range } from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import type { Criteria } from '../../contract/report.ts';
import { failed } from '../../contract/result.ts';
import { safeFileName } from '../../lib/safe-file-name.ts';
import type { ListedFile } from '../provider.ts';
import { type Link, writeLink } from './links.ts';

/** What was typed or chosen; empty where nothing was. */
export const text = (value: Criteria[string] | undefined): string =>
  typeof value === 'string' ? value.trim() : '';

/** Null for what is no period of days. */
export function readPeriod({ period }: Criteria): Range | null {
  if (typeof period !== 'object' || !isDay(period.from) || !isDay(period.to)) return null;
  return period.from <= period.to ? period : null;
}

export const bad = (detail: string) => failed(failure('bad-criteria', detail));

/** A file as it is listed, of which the service says nothing. */
export const listed = (
  link: Link,
  name: string,
  more: Pick<ListedFile, 'id' | 'nameDate' | 'days' | 'makingMs'> & Partial<Pick<ListedFile, 'content'>>,
): ListedFile => ({
  name: safeFileName(name),
  size: null,
  md5: null,
  createdOn: null,
  expiresOn: null,
  site: null,
  attempts: null,
  downloadable: true,
  link: writeLink(link),
  content: 'zip',
  ...more,
});
