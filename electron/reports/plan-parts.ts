import { ALL, type Criteria, type CriterionField, type ReportDeclaration } from '../contract/report.ts';
import { ok, type Result } from '../contract/result.ts';
import type { Question } from '../providers/provider.ts';
import { splitDays } from './split-period.ts';

/** A part of what was asked that one question answers. */
export interface Part {
  readonly question: Question;
  /** The looked-up value that it is about, where all values were asked for. */
  readonly value: string | null;
}

/**
 * Splits complete criteria into questions: one for each value of a lookup that asks for all, one for each slice of
 * a long period of days.
 */
export async function planParts(
  report: ReportDeclaration,
  criteria: Criteria,
  lookUp: (fieldId: string) => Promise<Result<readonly string[]>>,
): Promise<Result<Part[]>> {
  let parts: { criteria: Criteria; value: string | null }[] = [{ criteria, value: null }];
  for (const field of report.fields) {
    if (field.kind === 'lookup' && criteria[field.id] === ALL) {
      const values = await lookUp(field.id);
      if (!values.ok) return values;
      parts = parts.flatMap((part) =>
        values.value.map((value) => ({ criteria: { ...part.criteria, [field.id]: value }, value })),
      );
    }
    const slices = slicesOf(field, criteria);
    if (slices) {
      parts = parts.flatMap((part) =>
        slices.map((slice) => ({ ...part, criteria: { ...part.criteria, [field.id]: slice } })),
      );
    }
  }
  return ok(
    parts.map(({ criteria: one, value }) => ({ question: { reportId: report.id, criteria: one }, value })),
  );
}

function slicesOf(field: CriterionField, criteria: Criteria) {
  const period = criteria[field.id];
  return field.kind === 'days' && typeof period === 'object' ? splitDays(period) : null;
}
