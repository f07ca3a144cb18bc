/** One download in the queue, and how it stands in its table. */
import type { DownloadNote } from '../contract/download.ts';
import { type DownloadState, downloadStates } from '../contract/download-state.ts';
import type { Failure } from '../contract/failure.ts';
import type { FileReference } from '../history/file-reference.ts';
import { notesSchema } from '../history/stored-notes.ts';
import { foldText } from '../lib/fold-text.ts';
import {
  json,
  jsonOrNull,
  number,
  numberOrNull,
  oneOf,
  type Row,
  text,
  textOrNull,
} from '../lib/read-row.ts';
import type { PartRecord } from './resume-decision.ts';
import type { Tries } from './retry-policy.ts';
import { failureSchema, partSchema, triesSchema } from './stored-json.ts';

/** All that is known of one download. */
export interface QueueRow {
  readonly id: number;
  readonly reference: FileReference;
  readonly folder: string;
  /** What was added together; null for rows of an older version. */
  readonly batchId: number | null;
  /** Times are milliseconds since 1970, UTC. */
  readonly addedAt: number;
  /** When the link was listed; 0 for a link that is known not to work. */
  readonly listedAt: number;
  /** When its first request was sent since a person last asked for it. */
  readonly startedAt: number | null;
  readonly state: DownloadState;
  /** Bytes, as announced or as the answer said. */
  readonly size: number | null;
  /** Bytes of the part that would survive a power cut. */
  readonly received: number;
  readonly attempts: number;
  readonly tries: Tries;
  readonly failure: Failure | null;
  readonly nextTryAt: number | null;
  /** The name it gets, or has. Null until it was chosen. */
  readonly finalName: string | null;
  /** The part that may be on disk. Null: there is none. */
  readonly partName: string | null;
  readonly part: PartRecord | null;
  /** Of the whole file, from the moment on that it is being put in its place. */
  readonly md5Found: string | null;
  /** The MD5 of the last whole download that was not the announced one. */
  readonly wrongMd5: string | null;
  /** When a person ordered it to the front; null: it has its turn. */
  readonly startedNowAt: number | null;
  readonly notes: readonly DownloadNote[];
  /** What its provider has noted of a file that takes several requests. */
  readonly job: string | null;
}

/** What a list shows of a row. */
export interface QueueOverview
  extends Pick<
    QueueRow,
    | 'id'
    | 'folder'
    | 'batchId'
    | 'state'
    | 'size'
    | 'received'
    | 'attempts'
    | 'failure'
    | 'nextTryAt'
    | 'notes'
  > {
  readonly name: string;
  readonly provider: string;
  readonly accountKey: string;
  readonly accountName: string;
  readonly reportTitle: string;
  readonly period: string | null;
}

/** A row that was just added. */
export const newRow = (
  id: number,
  reference: FileReference,
  folder: string,
  addedAt: number,
  listedAt: number,
  batchId: number,
): QueueRow => ({
  id,
  reference,
  folder,
  batchId,
  addedAt,
  listedAt,
  startedAt: null,
  state: 'waiting',
  size: reference.size,
  received: 0,
  attempts: 0,
  tries: {},
  failure: null,
  nextTryAt: null,
  finalName: null,
  partName: null,
  part: null,
  md5Found: null,
  wrongMd5: null,
  startedNowAt: null,
  notes: [],
  job: null,
});

/**
 * Columns with what stands in them. In an order, because SQLite takes values by their places several times as fast as by
 * their names.
 */
export type Columns<T> = readonly (readonly [name: string, read: (whole: T) => string | number | null])[];

/** Those that say which file a row is of. */
export const referenceColumns: Columns<FileReference> = [
  ['provider', (file) => file.provider],
  ['account_key', (file) => file.accountKey],
  ['account_name', (file) => file.accountName],
  ['report_id', (file) => file.reportId],
  ['report_title', (file) => file.reportTitle],
  ['period', (file) => file.period],
  ['file_id', (file) => file.fileId],
  ['link', (file) => file.link],
  ['question', (file) => file.question],
  ['name', (file) => file.name],
  ['size_expected', (file) => file.size],
  ['md5', (file) => file.md5],
  ['content', (file) => file.content],
  ['expires_at', (file) => file.expiresAt],
  ['attempts_counted', (file) => file.attemptsCounted],
];

/** All others that may change. */
export const stateColumns: Columns<QueueRow> = [
  ['listed_at', (row) => row.listedAt],
  ['started_at', (row) => row.startedAt],
  ['state', (row) => row.state],
  ['size', (row) => row.size],
  ['received', (row) => row.received],
  ['attempts', (row) => row.attempts],
  ['tries', (row) => JSON.stringify(row.tries)],
  ['failure', (row) => row.failure && JSON.stringify(row.failure)],
  ['next_try_at', (row) => row.nextTryAt],
  ['final_name', (row) => row.finalName],
  ['folded_name', (row) => (row.finalName === null ? null : foldText(row.finalName))],
  ['part_name', (row) => row.partName],
  ['part', (row) => row.part && JSON.stringify(row.part)],
  ['md5_found', (row) => row.md5Found],
  ['wrong_md5', (row) => row.wrongMd5],
  ['started_now_at', (row) => row.startedNowAt],
  ['notes', (row) => JSON.stringify(row.notes)],
  ['job', (row) => row.job],
];

/** In the order of the columns. */
export const valuesIn = <T>(columns: Columns<T>, whole: T) => columns.map(([, read]) => read(whole));

export function toQueueRow(row: Row): QueueRow {
  return {
    id: number(row, 'id'),
    reference: {
      provider: text(row, 'provider'),
      accountKey: text(row, 'account_key'),
      accountName: text(row, 'account_name'),
      reportId: text(row, 'report_id'),
      reportTitle: text(row, 'report_title'),
      period: textOrNull(row, 'period'),
      fileId: text(row, 'file_id'),
      link: text(row, 'link'),
      question: text(row, 'question'),
      name: text(row, 'name'),
      size: numberOrNull(row, 'size_expected'),
      md5: textOrNull(row, 'md5'),
      content: oneOf(row, 'content', ['zip', 'text'] as const),
      expiresAt: numberOrNull(row, 'expires_at'),
      attemptsCounted: numberOrNull(row, 'attempts_counted'),
    },
    folder: text(row, 'folder'),
    batchId: numberOrNull(row, 'batch_id'),
    addedAt: number(row, 'added_at'),
    listedAt: number(row, 'listed_at'),
    startedAt: numberOrNull(row, 'started_at'),
    state: oneOf(row, 'state', downloadStates),
    size: numberOrNull(row, 'size'),
    received: number(row, 'received'),
    attempts: number(row, 'attempts'),
    tries: json(row, 'tries', triesSchema),
    failure: jsonOrNull(row, 'failure', failureSchema),
    nextTryAt: numberOrNull(row, 'next_try_at'),
    finalName: textOrNull(row, 'final_name'),
    partName: textOrNull(row, 'part_name'),
    part: jsonOrNull(row, 'part', partSchema),
    md5Found: textOrNull(row, 'md5_found'),
    wrongMd5: textOrNull(row, 'wrong_md5'),
    startedNowAt: numberOrNull(row, 'started_now_at'),
    notes: json(row, 'notes', notesSchema),
    job: textOrNull(row, 'job'),
  };
}

/** What a list shows of a row that was read or changed. */
export function overviewOf(row: QueueRow): QueueOverview {
  const { name, provider, accountKey, accountName, reportTitle, period } = row.reference;
  return { ...row, name: row.finalName ?? name, provider, accountKey, accountName, reportTitle, period };
}

export function toOverview(row: Row): QueueOverview {
  return {
    id: number(row, 'id'),
    name: text(row, 'name'),
    provider: text(row, 'provider'),
    accountKey: text(row, 'account_key'),
    accountName: text(row, 'account_name'),
    reportTitle: text(row, 'report_title'),
    period: textOrNull(row, 'period'),
    folder: text(row, 'folder'),
    batchId: numberOrNull(row, 'batch_id'),
    state: oneOf(row, 'state', downloadStates),
    size: numberOrNull(row, 'size'),
    received: number(row, 'received'),
    attempts: number(row, 'attempts'),
    failure: jsonOrNull(row, 'failure', failureSchema),
    nextTryAt: numberOrNull(row, 'next_try_at'),
    notes: json(row, 'notes', notesSchema),
  };
}
