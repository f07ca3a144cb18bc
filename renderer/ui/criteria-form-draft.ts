/** What a person has chosen and typed so far, before it is criteria. */
import { isDay, isMonth, type Range } from '../../electron/contract/calendar.ts';
import {
  type CriteriaRemark,
  checkCriteria,
  completeCriteria,
} from '../../electron/contract/check-criteria.ts';
import {
  ALL,
  type Criteria,
  type CriterionField,
  type PeriodField,
  type ReportDeclaration,
} from '../../electron/contract/report.ts';
import { criteriaText } from '../words/criteria-text.ts';
import { type DateOrder, parseTypedDay, parseTypedMonth, type TypedDate } from './period-field-parse.ts';
import { defaultPresetOf, type PresetId, presetsOf } from './period-field-presets.ts';
import { typedDateText } from './period-field-words.ts';

/** A chosen preset moves with the calendar from day to day; a typed period stays as it was typed. */
export type PeriodDraft =
  | { readonly preset: PresetId }
  | { readonly preset: null; readonly from: string; readonly to: string };

/** By field id: text for choices and lookups. A field that is absent has its default. */
export type Draft = Readonly<Record<string, string | PeriodDraft>>;

/** What this person's calendar and habits add to the reading of a draft. */
export interface DraftContext {
  readonly today: string;
  readonly order: DateOrder;
}

/** What to show beside one field. */
export interface FieldRemarks {
  readonly error?: string;
  /** About one of the two boxes of a period. */
  readonly from?: string;
  readonly to?: string;
  readonly warning?: string;
}

export interface DraftReading {
  readonly criteria: Criteria;
  /** True when the criteria may be sent. */
  readonly ready: boolean;
  /** By field id. */
  readonly remarks: Readonly<Record<string, FieldRemarks>>;
}

export function periodOf(field: PeriodField, draft: Draft): PeriodDraft {
  const value = draft[field.id];
  return typeof value === 'object' ? value : { preset: defaultPresetOf(field) };
}

/** What stands in the boxes "From" and "To". */
export function periodTexts(field: PeriodField, draft: Draft, today: string): Range {
  const period = periodOf(field, draft);
  if (period.preset === null) return period;
  const preset = presetsOf(field).find(({ id }) => id === period.preset);
  return preset?.range(today) ?? { from: '', to: '' };
}

export const parseTyped = (field: PeriodField, text: string, order: DateOrder): TypedDate =>
  field.kind === 'days' ? parseTypedDay(text, order) : parseTypedMonth(text);

/** The draft as criteria, checked, with the words for whatever is wrong. */
export function readDraft(report: ReportDeclaration, draft: Draft, context: DraftContext): DraftReading {
  const all = report.fields.map((field) => [field.id, asCriterion(field, draft, context)] as const);
  const criteria = completeCriteria(report, Object.fromEntries(all));
  const check = checkCriteria(report, criteria, context.today);
  const remarks: Record<string, FieldRemarks> = {};
  for (const remark of [...check.problems, ...check.warnings]) {
    const field = report.fields.find(({ id }) => id === remark.fieldId);
    if (field) remarks[field.id] = remarksOn(field, remark, draft, context);
  }
  return { criteria, ready: check.problems.length === 0, remarks };
}

function asCriterion(field: CriterionField, draft: Draft, context: DraftContext): string | Range {
  const value = draft[field.id];
  const chosen = typeof value === 'string' ? value : undefined;
  switch (field.kind) {
    case 'choice':
      return chosen ?? field.default;
    case 'lookup':
      return chosen ?? (field.allLabel === undefined ? '' : ALL);
    case 'text':
      return chosen?.trim() ?? '';
    case 'days':
    case 'months':
      return typedRange(field, draft, context);
  }
}

/** What can't be read stays as it was typed, so that the check refuses it. */
function typedRange(field: PeriodField, draft: Draft, { today, order }: DraftContext): Range {
  const texts = periodTexts(field, draft, today);
  const read = (text: string) => {
    const typed = parseTyped(field, text, order);
    return typed.ok ? typed.value : text.trim();
  };
  return { from: read(texts.from), to: read(texts.to) };
}

function remarksOn(
  field: CriterionField,
  remark: CriteriaRemark,
  draft: Draft,
  context: DraftContext,
): FieldRemarks {
  const wanted =
    field.kind === 'text' && remark.code === 'not-as-wanted' ? field.pattern?.otherwise : undefined;
  const text = wanted ?? criteriaText(remark, field.kind);
  if (field.kind !== 'days' && field.kind !== 'months') return { error: text };
  const texts = periodTexts(field, draft, context.today);
  switch (remark.code) {
    case 'missing':
    case 'not-a-date':
      return { ...boxRemark(field, 'from', texts, context), ...boxRemark(field, 'to', texts, context) };
    case 'older-than-kept':
      return { warning: text };
    default:
      return { error: text };
  }
}

function boxRemark(
  field: PeriodField,
  end: 'from' | 'to',
  texts: Range,
  context: DraftContext,
): FieldRemarks {
  const typed = parseTyped(field, texts[end], context.order);
  return typed.ok ? {} : { [end]: typedDateText(typed.problem, field.kind, context.order) };
}

/** The ends of the period that can be read, even where the check refuses them. */
export function readPeriod(field: PeriodField, draft: Draft, context: DraftContext): Partial<Range> {
  const exists = field.kind === 'days' ? isDay : isMonth;
  const { from, to } = typedRange(field, draft, context);
  return { ...(exists(from) && { from }), ...(exists(to) && { to }) };
}
