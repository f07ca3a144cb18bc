/** How an entry of the history stands in its table. */
import { z } from 'zod';
import { failureCodes } from '../contract/failure.ts';
import { type CheckResult, type HistoryEntry, outcomes } from '../contract/history.ts';
import { json, number, numberOrNull, oneOf, type Row, text, textOrNull } from '../lib/read-row.ts';
import { notesSchema } from './stored-notes.ts';

const ownerSchema = z.object({ accountKey: z.string() });

const checkResults = ['same', 'changed', 'missing', 'unreadable'] as const satisfies readonly CheckResult[];

export function toEntry(row: Row): HistoryEntry {
  const checkedAt = numberOrNull(row, 'checked_at');
  return {
    id: number(row, 'id'),
    name: text(row, 'name'),
    path: text(row, 'path'),
    provider: text(row, 'provider'),
    accountKey: json(row, 'reference', ownerSchema).accountKey,
    accountName: text(row, 'account_name'),
    reportId: text(row, 'report_id'),
    reportTitle: text(row, 'report_title'),
    period: textOrNull(row, 'period'),
    startedAt: number(row, 'started_at'),
    endedAt: number(row, 'ended_at'),
    sizeExpected: numberOrNull(row, 'size_expected'),
    size: numberOrNull(row, 'size'),
    md5Expected: textOrNull(row, 'md5_expected'),
    md5: textOrNull(row, 'md5'),
    attempts: number(row, 'attempts'),
    outcome: oneOf(row, 'outcome', outcomes),
    failureCode: row.failure_code === null ? null : oneOf(row, 'failure_code', failureCodes),
    notes: json(row, 'notes', notesSchema),
    lastCheck:
      checkedAt === null ? null : { at: checkedAt, result: oneOf(row, 'check_result', checkResults) },
  };
}
