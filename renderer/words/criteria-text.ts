import type { CriteriaRemark } from '../../electron/contract/check-criteria.ts';
import { plural } from './plural.ts';

/** What kind of field the remark is about: it decides between days and months, picking and typing. */
export type RemarkField = 'choice' | 'lookup' | 'text' | 'days' | 'months';

type Words = (field: RemarkField, limit: number) => string;

const unitOf = (field: RemarkField): 'day' | 'month' => (field === 'months' ? 'month' : 'day');
const isPeriod = (field: RemarkField): boolean => field === 'days' || field === 'months';

const words: Record<CriteriaRemark['code'], Words> = {
  missing: (field) =>
    isPeriod(field)
      ? `Choose the first and the last ${unitOf(field)}.`
      : field === 'text'
        ? 'Type something here.'
        : 'Choose one of the list.',
  'not-an-option': () => 'This is not one of the choices. Choose one of the list.',
  'not-as-wanted': () => 'This does not look right. See the hint for what fits here.',
  'not-a-date': (field) =>
    field === 'months'
      ? 'This is not a month. Type it as 2026-03, or pick it from the calendar.'
      : 'This is not a date. Type it as 2026-03-17, or pick it from the calendar.',
  'from-after-to': () => '"From" is later than "To". Swap the two, or choose another period.',
  'in-the-future': (field) => `There are no files yet for a ${unitOf(field)} in the future.`,
  'too-long': (field, limit) =>
    `This is more than the service can answer at once. Choose at most ${plural(limit, unitOf(field))}.`,
  'older-than-kept': (_field, limit) =>
    `The service keeps files for about ${plural(limit, 'day')}. The older part of this period may be gone.`,
};

/** One sentence on what is wrong with a criterion, or to know about it. */
export const criteriaText = (remark: CriteriaRemark, field: RemarkField): string =>
  words[remark.code](field, remark.limit ?? 0);
