/** From the options of a command line to the criteria of a report, by what the report declares. Pure. */
import type { Day } from '../contract/calendar.ts';
import {
  type CriteriaRemark,
  checkCriteria,
  completeCriteria,
  shownFields,
} from '../contract/check-criteria.ts';
import { ALL, type Criteria, type CriterionField, type ReportDeclaration } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { remarkText } from './option-words.ts';
import type { NamedReport } from './report-names.ts';

/** What was typed. Null or absent: nothing. */
export interface CriteriaOptions {
  readonly from: string | null;
  readonly to: string | null;
  /** For everything beside a period, by the name of the option without its dashes. */
  readonly choices: Readonly<Record<string, string>>;
}

/** An option with what it takes, for help: `--site`, `NAME|all`. */
export interface OptionUsage {
  readonly option: string;
  readonly takes: string;
  /** What it is when it is left out; null: it may not be. */
  readonly otherwise: string | null;
  /** When it may be given: `--which meeting-date|creation-date`; null: always. */
  readonly onlyWith: string | null;
}

/** On the command line, what stands for every value of a lookup field. */
const ALL_WORD = 'all';

/** The name of the option that fills a field, without its dashes: that of `timeZone` is `time-zone`. */
export const optionName = (fieldId: string): string =>
  fieldId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * The criteria that the options ask for, and what to know about them. Fails with a sentence for a person when they
 * don't fit the report. `today` is the day on their calendar.
 */
export function readCriteria(
  named: NamedReport,
  options: CriteriaOptions,
  today: Day,
): Result<{ readonly criteria: Criteria; readonly warnings: readonly string[] }, string> {
  const { report } = named;
  if (report.unavailable !== undefined) return failed(report.unavailable);
  const chosen: Criteria = { ...named.fixed };
  for (const [name, value] of Object.entries(options.choices)) {
    const field = report.fields.find(({ id }) => optionName(id) === name);
    if (!field || isPeriod(field) || field.id in named.fixed) {
      return failed(`--${name} is not for this report.`);
    }
    const isAll = field.kind === 'lookup' && field.allLabel !== undefined && value === ALL_WORD;
    chosen[field.id] = isAll ? ALL : value;
  }
  // Before the period: whether there is one may depend on a choice.
  const wrong = checkCriteria(report, chosen, today).problems.filter(({ code }) => code === 'not-an-option');
  if (wrong.length > 0) return failed(wrong.map(toSentence(report)).join(' '));
  const shown = shownFields(report, completeCriteria(report, chosen));
  const hidden = Object.keys(options.choices).find(
    (name) => !shown.some(({ id }) => optionName(id) === name),
  );
  if (hidden !== undefined) return failed(`--${hidden} does not go with the other choices.`);
  const period = shown.find(isPeriod);
  if (period) chosen[period.id] = { from: options.from ?? '', to: options.to ?? '' };
  else if (options.from !== null || options.to !== null) {
    return failed('--from and --to do not go with this report or its other choices.');
  }
  const { problems, warnings } = checkCriteria(report, chosen, today);
  if (problems.length > 0) return failed(problems.map(toSentence(report)).join(' '));
  return ok({ criteria: completeCriteria(report, chosen), warnings: warnings.map(toSentence(report)) });
}

/** What a report takes, option by option. */
export function optionsOf({ report, fixed }: NamedReport): OptionUsage[] {
  const isOpen = ({ id, shownWhen }: CriterionField) => {
    const decided = shownWhen && fixed[shownWhen.field];
    return !(id in fixed) && (typeof decided !== 'string' || shownWhen?.is.includes(decided) === true);
  };
  return report.fields.filter(isOpen).map((field) => ({
    ...usageOf(field),
    onlyWith:
      field.shownWhen && !(field.shownWhen.field in fixed)
        ? `--${optionName(field.shownWhen.field)} ${field.shownWhen.is.join('|')}`
        : null,
  }));
}

/** The same as one line: `--site NAME|all [--which new|meeting-date]`. */
export const usageLine = (named: NamedReport): string =>
  optionsOf(named)
    .map(({ option, takes, otherwise, onlyWith }) => {
      const both = option === PERIOD ? `--from ${takes} --to ${takes}` : `${option} ${takes}`;
      return otherwise === null && onlyWith === null ? both : `[${both}]`;
    })
    .join(' ');

const PERIOD = '--from and --to';

function usageOf(field: CriterionField): Omit<OptionUsage, 'onlyWith'> {
  switch (field.kind) {
    case 'choice':
      return {
        option: `--${optionName(field.id)}`,
        takes: field.options.map(({ value }) => value).join('|'),
        otherwise: field.default,
      };
    case 'lookup':
      return {
        option: `--${optionName(field.id)}`,
        takes: field.allLabel === undefined ? 'NAME' : `NAME|${ALL_WORD}`,
        otherwise: null,
      };
    case 'text':
      return {
        option: `--${optionName(field.id)}`,
        takes: 'TEXT',
        otherwise: field.optional ? '' : null,
      };
    case 'days':
      return { option: PERIOD, takes: 'DAY', otherwise: null };
    case 'months':
      return { option: PERIOD, takes: 'MONTH', otherwise: null };
  }
}

const isPeriod = (field: CriterionField) => field.kind === 'days' || field.kind === 'months';

const toSentence =
  ({ fields }: ReportDeclaration) =>
  (remark: CriteriaRemark): string => {
    const field = fields.find(({ id }) => id === remark.fieldId);
    const option = field ? usageOf(field).option : `--${optionName(remark.fieldId)}`;
    if (remark.code === 'not-as-wanted' && field?.kind === 'text' && field.pattern) {
      return `${option}: ${field.pattern.otherwise}`;
    }
    return remarkText(remark, option, field?.kind === 'months' ? 'month' : 'day');
  };
