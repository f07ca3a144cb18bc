import { addDays, type Day, lastDayOf } from '../../../electron/contract/calendar.ts';
import { shownFields } from '../../../electron/contract/check-criteria.ts';
import type {
  Coverage,
  Criteria,
  CriterionField,
  PeriodField,
  ReportDeclaration,
} from '../../../electron/contract/report.ts';
import { formatDayOrMonth } from '../../words/format-date.ts';
import { formatCount, plural } from '../../words/plural.ts';

/** Up to this many lines are shown whole; folding fewer away would save nothing. */
const MOST_LINES = 8;
const LINES_WHEN_FOLDED = 6;

/** `No file for 17 March 2026`, one line for each day or month. */
export const missingTexts = (missing: readonly string[]): string[] =>
  missing.map((date) => `No file for ${formatDayOrMonth(date)}`);

/** The lines to show at first, and how many are folded away. */
export function fold<T>(lines: readonly T[]): { shown: readonly T[]; more: number } {
  if (lines.length <= MOST_LINES) return { shown: lines, more: 0 };
  return { shown: lines.slice(0, LINES_WHEN_FOLDED), more: lines.length - LINES_WHEN_FOLDED };
}

/** `298 of 300 files listed`, or nothing when the service listed all that it announced. */
export const incompleteText = ({ listed, announced }: Pick<Coverage, 'listed' | 'announced'>): string =>
  listed >= announced ? '' : `${formatCount(listed)} of ${plural(announced, 'file')} listed`;

/** `2 sites could not be read: acme, beta`. */
export function failedSitesText(sites: Coverage['failedSites']): string {
  const { shown, more } = fold(sites.map(({ site }) => site));
  const rest = more > 0 ? ` and ${formatCount(more)} more` : '';
  return `${plural(sites.length, 'site')} could not be read: ${shown.join(', ')}${rest}`;
}

/** Why nothing may have been found, and what this report lets a person change about it. `today` on their calendar. */
export function nothingFoundAdvice(report: ReportDeclaration, criteria: Criteria, today: Day): string {
  const fields = shownFields(report, criteria);
  const { why, way } = periodAdvice(fields, criteria, today);
  const choices = fields.filter(
    ({ id, kind }) => kind === 'choice' || kind === 'lookup' || (kind === 'text' && id in criteria),
  );
  const ways = [
    ...(way === null ? [] : [way]),
    ...(choices.length > 0
      ? [`another choice for ${inWords(choices.map(({ label }) => `“${label}”`))}`]
      : []),
  ];
  return ways.length === 0 ? `${why} Try again later.` : `${why} Try ${ways.join(', or ')}.`;
}

/** A file of these last days may not have been made yet. */
const FRESH_DAYS = 2;

function periodAdvice(
  fields: readonly CriterionField[],
  criteria: Criteria,
  today: Day,
): { why: string; way: string | null } {
  const field = fields.find((one): one is PeriodField => one.kind === 'days' || one.kind === 'months');
  const asked = field && criteria[field.id];
  if (!field || typeof asked !== 'object') return { why: 'There may be none at the moment.', way: null };
  const lastDay = field.kind === 'months' ? lastDayOf(asked.to) : asked.to;
  if (lastDay < addDays(today, -field.keptDays)) {
    return {
      why: `The service keeps files for about ${plural(field.keptDays, 'day')}, so these are gone.`,
      way: 'a later period',
    };
  }
  if (lastDay >= addDays(today, -FRESH_DAYS)) {
    return { why: 'The newest files may still be in the making.', way: 'again later, or an earlier period' };
  }
  return { why: 'The service has no file for this question.', way: 'a longer period' };
}

const inWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
