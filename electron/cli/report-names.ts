/**
 * Reports as the command line offers them, made from what their provider declares: a new provider or report needs no
 * change here.
 */
import type { ChoiceField, Criteria, PeriodField, ReportDeclaration } from '../contract/report.ts';

/** One value for `--report`. */
export interface NamedReport {
  readonly name: string;
  /** The report in words. */
  readonly label: string;
  readonly report: ReportDeclaration;
  /** The criteria that the name itself says. */
  readonly fixed: Criteria;
}

/**
 * Every report under its id. One in which a choice decides between days and months is one report for each of them,
 * since their periods are written differently: `peak-port` with its choice of `daily` and `monthly` becomes
 * `peak-port-daily` and `peak-port-monthly`.
 */
export function nameReports(reports: readonly ReportDeclaration[]): NamedReport[] {
  return reports.flatMap((report): NamedReport[] => {
    const choice = decidesThePeriod(report);
    if (!choice) return [{ name: report.id, label: report.label, report, fixed: {} }];
    return choice.options.map(({ value, label }) => ({
      name: `${report.id}-${value}`,
      label: `${report.label}, ${label.toLowerCase()}`,
      report,
      fixed: { [choice.id]: value },
    }));
  });
}

function decidesThePeriod({ fields }: ReportDeclaration): ChoiceField | undefined {
  const isPeriod = (kind: string): kind is PeriodField['kind'] => kind === 'days' || kind === 'months';
  return fields.find((field): field is ChoiceField => {
    if (field.kind !== 'choice') return false;
    const kinds = fields.flatMap(({ kind, shownWhen }) =>
      isPeriod(kind) && shownWhen?.field === field.id ? kind : [],
    );
    return new Set(kinds).size > 1;
  });
}
