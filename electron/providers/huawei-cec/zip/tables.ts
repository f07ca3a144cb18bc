/** The tables in a ZIP: what their rows are of, and their columns (spec 6.1, 6.4). */
import type { ZipEntry } from './zip-directory.ts';

export type TableKind = 'call' | 'record';

export const documentedColumns: Readonly<Record<TableKind, readonly string[]>> = {
  call: [
    ...['developer', 'account_id', 'cc_id', 'agent_id', 'call_id', 'caller_no', 'callee_no'],
    ...['wait_begin', 'wait_end', 'ack_begin', 'ack_end', 'call_begin', 'call_end'],
    ...['device_type', 'device_no', 'call_type', 'release_cause', 'call_id_num', 'vdn_id'],
    ...['pre_device_type', 'pre_device_no'],
  ],
  record: [
    ...['developer', 'account_id', 'cc_id', 'agent_id', 'call_id', 'caller_no', 'callee_no'],
    ...['call_begin', 'call_end', 'file_name', 'task_status', 'task_result', 'original_file_name'],
    ...['vdn_id', 'call_type', 'media_type', 'user_wanted_skill_id', 'current_skill_id'],
  ],
};

const tableName = /_(call|record)(?:_(\d+))?\.csv$/i;

/** Null for a file that is no table. */
export function kindOf({ name }: Pick<ZipEntry, 'name'>): TableKind | null {
  const kind = tableName.exec(name)?.[1]?.toLowerCase();
  return kind === 'call' || kind === 'record' ? kind : null;
}

const numberOf = ({ name }: ZipEntry): number => Number(tableName.exec(name)?.[2] ?? 0);

/** The tables of a kind, in the order of their numbers. */
export const tablesOf = (kind: TableKind, entries: readonly ZipEntry[]): ZipEntry[] =>
  entries.filter((entry) => kindOf(entry) === kind).sort((a, b) => numberOf(a) - numberOf(b));

/**
 * The names of the columns, where the first row has them; null where it is a row like the others (spec 8.21). Only decoded
 * cells give names that can be shown: a byte of a character may look like a letter or a blank.
 */
export function headingIn(row: readonly string[]): string[] | null {
  const names = row.map((cell) => cell.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
  return names.includes('developer') || names.includes('call_id') ? names : null;
}
