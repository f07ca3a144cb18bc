import { addDays, type Day, daysBetween, isDay, isMonth, monthOf, monthsIn } from './calendar.ts';
import {
  ALL,
  type Criteria,
  type CriterionField,
  type PeriodField,
  type ReportDeclaration,
  type TextField,
} from './report.ts';

/** Something about one field of the criteria. Words for it are in the renderer. */
export interface CriteriaRemark {
  readonly fieldId: string;
  readonly code: CriteriaProblem | CriteriaWarning;
  /** Days or months that the remark is about: the longest period allowed, the days kept. */
  readonly limit?: number;
}

/** Problems stop the question from being sent. */
export type CriteriaProblem =
  | 'missing'
  | 'not-an-option'
  | 'not-as-wanted'
  | 'not-a-date'
  | 'from-after-to'
  | 'in-the-future'
  | 'too-long';

/** Warnings are shown, and the question may be sent. */
export type CriteriaWarning = 'older-than-kept';

export interface CriteriaCheck {
  readonly problems: readonly CriteriaRemark[];
  readonly warnings: readonly CriteriaRemark[];
}

/** The fields that are part of the form for these criteria. */
export function shownFields(report: ReportDeclaration, criteria: Criteria): CriterionField[] {
  return report.fields.filter((field) => {
    if (!field.shownWhen) return true;
    const value = criteria[field.shownWhen.field];
    return typeof value === 'string' && field.shownWhen.is.includes(value);
  });
}

/** Criteria with only the fields that are shown, and defaults where a choice was not made. */
export function completeCriteria(report: ReportDeclaration, criteria: Criteria): Criteria {
  const withDefaults: Criteria = { ...criteria };
  for (const field of report.fields) {
    if (field.kind === 'choice' && withDefaults[field.id] === undefined)
      withDefaults[field.id] = field.default;
  }
  const shown = shownFields(report, withDefaults);
  return Object.fromEntries(
    shown.flatMap((field) => {
      const value = withDefaults[field.id];
      const isLeftOut = value === undefined || (field.kind === 'text' && value === '');
      return isLeftOut ? [] : [[field.id, value]];
    }),
  );
}

/**
 * Checks criteria against their declaration, before anything is sent. `today` is the day on the person's
 * calendar.
 */
export function checkCriteria(report: ReportDeclaration, criteria: Criteria, today: Day): CriteriaCheck {
  const problems: CriteriaRemark[] = [];
  const warnings: CriteriaRemark[] = [];
  const complete = completeCriteria(report, criteria);
  for (const field of shownFields(report, complete)) {
    const value = complete[field.id];
    if (field.kind === 'days' || field.kind === 'months') {
      const remark = checkPeriod(field, value, today);
      if (remark?.code === 'older-than-kept') warnings.push(remark);
      else if (remark) problems.push(remark);
    } else if (field.kind === 'text') {
      const code = textProblem(field, value);
      if (code) problems.push({ fieldId: field.id, code });
    } else if (typeof value !== 'string' || value === '') {
      problems.push({ fieldId: field.id, code: 'missing' });
    } else if (field.kind === 'choice' && !field.options.some((option) => option.value === value)) {
      problems.push({ fieldId: field.id, code: 'not-an-option' });
    } else if (field.kind === 'lookup' && value === ALL && field.allLabel === undefined) {
      problems.push({ fieldId: field.id, code: 'not-an-option' });
    }
  }
  return { problems, warnings };
}

function textProblem(field: TextField, value: Criteria[string] | undefined): CriteriaProblem | null {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return field.optional ? null : 'missing';
  return field.pattern && !new RegExp(`^(?:${field.pattern.is})$`, 'u').test(text) ? 'not-as-wanted' : null;
}

function checkPeriod(
  field: PeriodField,
  value: Criteria[string] | undefined,
  today: Day,
): CriteriaRemark | null {
  const remark = (code: CriteriaRemark['code'], limit?: number): CriteriaRemark =>
    limit === undefined ? { fieldId: field.id, code } : { fieldId: field.id, code, limit };
  if (typeof value !== 'object' || value.from === '' || value.to === '') return remark('missing');
  const inDays = field.kind === 'days';
  const isDate = inDays ? isDay : isMonth;
  if (!isDate(value.from) || !isDate(value.to)) return remark('not-a-date');
  if (value.from > value.to) return remark('from-after-to');
  if (value.to > (inDays ? today : monthOf(today))) return remark('in-the-future');
  const length = inDays ? daysBetween(value.from, value.to) + 1 : monthsIn(value).length;
  if (length > field.longest) return remark('too-long', field.longest);
  const oldest = addDays(today, -field.keptDays);
  const tooOld = inDays ? daysBetween(value.from, oldest) > 0 : value.from < monthOf(oldest);
  return tooOld ? remark('older-than-kept', field.keptDays) : null;
}
