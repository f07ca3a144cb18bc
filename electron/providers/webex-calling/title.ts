import type { Criteria } from '../../contract/report.ts';
import { CALLS_REPORT, reports } from './declaration.ts';

/** The report and its criteria in words, without the period: `Calls (CDR), CSV, a file a day`. */
export function titleOf(reportId: string, { per, format, locations }: Criteria): string {
  const label = reports.find((report) => report.id === reportId)?.label ?? reportId;
  if (reportId !== CALLS_REPORT) return label;
  const parts = [
    label,
    format === 'csv' ? 'CSV' : format === 'jsonl' ? 'JSON lines' : '',
    per === 'day' ? 'a file a day' : per === 'month' ? 'a file a month' : '',
    typeof locations === 'string' ? locations.trim() : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
