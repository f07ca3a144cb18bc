import type { Criteria } from '../../contract/report.ts';
import { reports } from './reports.ts';

const dataTypes: Readonly<Record<string, string>> = {
  call: 'calls',
  record: 'recordings',
  call_record: 'calls and recordings',
};

/** The report and its criteria in words, without the period. */
export function titleOf(reportId: string, criteria: Criteria): string {
  const label = reports.find((report) => report.id === reportId)?.label ?? reportId;
  const { dataType, files, accountId, agentId, fileName, responseId } = criteria;
  const parts = [
    label,
    typeof dataType === 'string' && dataTypes[dataType],
    files === 'csv' && 'one CSV',
    typeof accountId === 'string' && `tenant ${accountId}`,
    typeof agentId === 'string' && `agent ${agentId}`,
    fileName,
    responseId,
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}
