/** What the command line says about what was typed for an option. */
import type { CriteriaRemark } from '../contract/check-criteria.ts';
import { plural } from './format.ts';

type RemarkWords = (option: string, unit: 'day' | 'month', limit: number) => string;

const remarkWords: Record<CriteriaRemark['code'], RemarkWords> = {
  missing: (option) => `Give ${option}.`,
  'not-an-option': (option) => `${option} takes other values.`,
  'not-as-wanted': (option) => `${option} has to look different.`,
  'not-a-date': (_option, unit) =>
    unit === 'month'
      ? '--from and --to take months such as 2026-03.'
      : '--from and --to take days such as 2026-03-17.',
  'from-after-to': () => '--from is later than --to.',
  'in-the-future': (_option, unit) => `There are no files yet for a ${unit} in the future.`,
  'too-long': (_option, unit, limit) => `That is more than ${plural(limit, unit)}, the most at once.`,
  'older-than-kept': (_option, _unit, limit) =>
    `The service keeps files for about ${plural(limit, 'day')}. The older part of this period may be gone.`,
};

/** A sentence on a criterion. `option`: what a person fills it with, such as `--site`. */
export const remarkText = (remark: CriteriaRemark, option: string, unit: 'day' | 'month'): string =>
  remarkWords[remark.code](option, unit, remark.limit ?? 0);

/** What to say of a name that an option takes and that there is none of. */
export const notKnown = (option: string, given: string, known: readonly string[]): string =>
  `${option} ${given} is not known. There are: ${known.join(', ')}.`;
