/** The bytes of a file, made from the records of its slices with little in memory at any time. */
import { createIdSet } from '../../lib/id-set.ts';
import { nextTurn } from '../../lib/in-slices.ts';
import { headingsOf } from './columns.ts';
import { createCsvRows } from './csv-rows.ts';
import type { CallRecord } from './record.ts';
import { createRecordId } from './record-id.ts';

export interface RecordFileOptions {
  readonly format: 'csv' | 'jsonl';
  /** A byte order mark in front of CSV. */
  readonly bom: boolean;
  /** Values of CSV that look like formulas are defused. */
  readonly safe: boolean;
  /** The keys of all records, each in its first spelling, by first appearance. */
  readonly keys: readonly string[];
  /** The records that belong to the file, in batches; one may come several times. Read from the beginning each time. */
  readonly batches: () => AsyncIterable<Iterable<CallRecord>>;
}

/** Characters in one piece: large enough that pieces cost nothing, small enough to hold nobody up. */
const PIECE = 128 * 1024;

/** The whole file, each record once. Lets others have a turn between pieces. */
export async function* recordFileBytes(options: RecordFileOptions): AsyncGenerator<Buffer> {
  const { format, bom, safe, keys, batches } = options;
  const rows = format === 'csv' ? createCsvRows(headingsOf(keys), safe) : jsonRows;
  const seen = createIdSet();
  const idOf = createRecordId();
  let piece = format === 'csv' && bom ? `\ufeff${rows.head}` : rows.head;
  for await (const batch of batches()) {
    for (const record of batch) {
      if (!seen.add(idOf(record))) continue;
      piece += rows.row(record);
      if (piece.length < PIECE) continue;
      yield Buffer.from(piece);
      piece = '';
      await nextTurn();
    }
  }
  if (piece !== '') yield Buffer.from(piece);
}

const jsonRows = { head: '', row: (record: CallRecord) => `${JSON.stringify(record)}\n` };
