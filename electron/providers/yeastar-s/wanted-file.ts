/** The one file that a question is answered with: what is asked of the PBX, and how it is called. Pure. */
import { z } from 'zod';
import { firstDayOf, isDay, lastDayOf, monthOf } from '../../contract/calendar.ts';
import { failure } from '../../contract/failure.ts';
import type { Criteria } from '../../contract/report.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { safeFileName } from '../../lib/safe-file-name.ts';
import type { ListedFile, Question } from '../provider.ts';
import { CDR_REPORT, MOST_EXTENSIONS, reports } from './declaration.ts';

/** All that it takes to make the file. Its JSON is the file's link. */
const wantedSchema = z.object({
  /** `YYYY-MM-DD`, both ends belong to it, in the time of the PBX. */
  from: z.string().refine(isDay),
  to: z.string().refine(isDay),
  /** `all`, or numbers with commas between them. */
  extensions: z.string().regex(/^(all|\d+(,\d+)*)$/),
});
export type WantedFile = z.infer<typeof wantedSchema>;

const ALL_EXTENSIONS = 'all';

/** Failure `bad-criteria` when there is nothing that the PBX could be asked. */
export function readWanted({ reportId, criteria }: Question): Result<WantedFile> {
  const { period, extensions } = criteria;
  if (reportId !== CDR_REPORT || typeof period !== 'object') return bad(`no such report: ${reportId}`);
  const numbers = extensionsOf(extensions);
  const read = wantedSchema.safeParse({ ...period, extensions: numbers });
  return read.success && read.data.from <= read.data.to
    ? ok(read.data)
    : bad(`period ${period.from} to ${period.to}, extensions ${numbers}`);
}

const bad = (detail: string) => failed(failure('bad-criteria', detail));

/** Without blanks, each one once; all of them where none is named. */
function extensionsOf(typed: Criteria[string] | undefined): string {
  const text = typeof typed === 'string' ? typed.replace(/\s/g, '') : '';
  return text === '' ? ALL_EXTENSIONS : [...new Set(text.split(','))].join(',');
}

/** What the PBX is asked for: all, where so many are wanted that their rows are chosen here (spec 8.22). */
export const askedExtensions = ({ extensions }: WantedFile): string =>
  isChosenHere({ extensions }) ? ALL_EXTENSIONS : extensions;

/** True where the rows of the wanted extensions have to be told from those of others. */
export const isChosenHere = ({ extensions }: Pick<WantedFile, 'extensions'>): boolean =>
  extensions.split(',').length > MOST_EXTENSIONS;

/** A link as `listedFile` made it; null for any other. */
export function readLink(link: string): WantedFile | null {
  try {
    const read = wantedSchema.safeParse(JSON.parse(link));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** `pbxName`: as it shall be in the name. */
export function listedFile(wanted: WantedFile, pbxName: string): ListedFile {
  const { from, to, extensions } = wanted;
  const link = JSON.stringify(wanted);
  return {
    id: [CDR_REPORT, extensions, from, to].join('|'),
    name: nameOf(wanted, pbxName),
    size: null,
    md5: null,
    createdOn: null,
    expiresOn: null,
    nameDate: dateOf(from, to),
    days: { from, to },
    site: null,
    attempts: null,
    downloadable: true,
    link,
    content: 'text',
  };
}

/** Of the file that holds what is wanted. `pbxName`: as it shall be in the name. */
export function nameOf({ from, to, extensions }: WantedFile, pbxName: string): string {
  const pbx = pbxName.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^-+|-+$/g, '') || 'pbx';
  const whose = extensions.includes(',') ? 'multi' : extensions;
  const [first, last] = [from, to].map((day) => day.replaceAll('-', ''));
  return safeFileName(`yeastar_${pbx}_cdr_${whose}_${first}_${last}.csv`);
}

function dateOf(from: string, to: string): string {
  const month = monthOf(from);
  return from === firstDayOf(month) && to === lastDayOf(month) ? month : from;
}

/** The report and its criteria in words, without the period: `Call records (CDR), extensions 1000, 1001`. */
export function titleOf(reportId: string, { extensions }: Criteria): string {
  const label = reports.find((report) => report.id === reportId)?.label ?? reportId;
  const numbers = extensionsOf(extensions).split(',');
  if (numbers[0] === ALL_EXTENSIONS) return `${label}, all extensions`;
  if (numbers.length > 3) return `${label}, ${numbers.length} extensions`;
  return `${label}, extension${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`;
}
