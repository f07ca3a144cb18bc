import { shownFields } from '../../../electron/contract/check-criteria.ts';
import type { Coverage, Criteria, ReportDeclaration } from '../../../electron/contract/report.ts';
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

/** What a person can do when nothing was found, from what this report lets them choose. */
export function nothingFoundAdvice(report: ReportDeclaration, criteria: Criteria): string {
  const fields = shownFields(report, criteria);
  const period = fields.find(({ kind }) => kind === 'days' || kind === 'months');
  const choices = fields.filter(({ kind }) => kind === 'choice' || kind === 'lookup');
  const ways = [
    ...(period ? ['a longer or an earlier period'] : []),
    ...(choices.length > 0
      ? [`another choice for ${inWords(choices.map(({ label }) => `“${label}”`))}`]
      : []),
  ];
  const fresh = period ? 'The newest files may still be in the making.' : 'There may be none at the moment.';
  return ways.length === 0 ? `${fresh} Try again later.` : `${fresh} Try ${ways.join(', or ')}.`;
}

const inWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
