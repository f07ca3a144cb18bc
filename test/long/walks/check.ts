/** What holds at every moment of a walk, whatever has happened. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DownloadState,
  downloadStates,
  isFinished,
  mayMove,
} from '../../../electron/contract/download-state.ts';
import { number, oneOf, type Row, text, textOrNull } from '../../../electron/lib/read-row.ts';
import type { Engine } from '../../fakes/download-engine.ts';
import { readAudit, type StateChange } from './audit.ts';
import type { Order } from './steps.ts';
import type { Item } from './world.ts';

/** What has been done to the engine so far, as far as it decides on what may have come of it. */
export interface Memory {
  readonly items: readonly Item[];
  readonly ordered: Set<Order | 'add'>;
  /** The most files at once that were ever allowed. */
  mostAtOnce: number;
  /** Codes that a download may have failed with, by file. */
  readonly mayEnd: Map<string, Set<string>>;
  /** Parts that a power cut brought back to a folder that had lost them; nobody can know whose they are. */
  readonly strays: Set<string>;
}

export interface RowNow {
  readonly id: number;
  readonly fileId: string;
  readonly state: DownloadState;
  readonly attempts: number;
  readonly finalName: string | null;
  readonly partName: string | null;
}

const toRow = (row: Row): RowNow => ({
  id: number(row, 'id'),
  fileId: text(row, 'file_id'),
  state: oneOf(row, 'state', downloadStates),
  attempts: number(row, 'attempts'),
  finalName: textOrNull(row, 'final_name'),
  partName: textOrNull(row, 'part_name'),
});

export const rowsNow = (engine: Engine): RowNow[] =>
  engine.database.prepare('SELECT * FROM downloads ORDER BY id').all().map(toRow);

const isPart = (name: string) => name.endsWith('.cdrpart');

/**
 * Everything is read in one turn, so that the engine can't change anything in between. Throws with a sentence of what
 * does not hold.
 */
export function checkNow(engine: Engine, memory: Memory): void {
  const rows = rowsNow(engine);
  const names = readdirSync(engine.folder);
  const changes = readAudit(engine.database);
  checkFolder(engine, memory, rows, names);
  checkAttempts(engine, memory, rows, changes);
  for (const change of changes) checkChange(memory, change);
  checkHistory(engine, changes);
  checkThat(engine.server.most <= memory.mostAtOnce, `${engine.server.most} requests at once`);
  checkThat(engine.bugs.length === 0, `a bug: ${engine.bugs.map(String).join(', ')}`);
}

export function checkThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** Final names are for whole files only; parts are for rows that are not at their end; what is done is there. */
function checkFolder(
  engine: Engine,
  memory: Memory,
  rows: readonly RowNow[],
  names: readonly string[],
): void {
  const read = (name: string) => readFileSync(join(engine.folder, name));
  for (const name of names.filter((one) => !isPart(one))) {
    const content = read(name);
    checkThat(
      memory.items.some((item) => item.content.equals(content)),
      `${name} is under its final name and not whole`,
    );
  }
  for (const name of names.filter(isPart)) {
    checkThat(
      memory.strays.has(name) || rows.some(({ partName }) => partName === name),
      `${name} belongs to no row`,
    );
  }
  for (const { id, state, finalName, fileId } of rows) {
    if (state !== 'done' && state !== 'already-there') continue;
    checkThat(
      finalName !== null && names.includes(finalName),
      `row ${id} is ${state}, ${finalName} is not there`,
    );
    const item = memory.items[Number(fileId)];
    checkThat(
      item?.content.equals(read(finalName ?? '')) ?? false,
      `${finalName} is not the file of row ${id}`,
    );
  }
}

/** No request leaves that was not counted. */
function checkAttempts(
  engine: Engine,
  { items }: Memory,
  rows: readonly RowNow[],
  changes: readonly StateChange[],
): void {
  for (const { path, reference } of items) {
    const ofFile = ({ fileId }: { fileId: string }) => fileId === reference.fileId;
    const counted = [...rows, ...changes.filter(({ to }) => to === null)]
      .filter(ofFile)
      .reduce((sum, { attempts }) => sum + attempts, 0);
    const seen = engine.server.requestsFor(path).length;
    checkThat(seen <= counted, `${path}: ${seen} requests, ${counted} attempts`);
  }
}

/** Rows move as the table of moves says, do what was ordered only, and vanish only at their end, when told to. */
function checkChange({ ordered, mayEnd }: Memory, { id, fileId, from, to, failure }: StateChange): void {
  const move = `row ${id} went from ${from} to ${to}`;
  const orders = ordersFor(from, to);
  checkThat(from === null || to === null || mayMove(from, to), move);
  checkThat(to !== null || (from !== null && isFinished(from)), move);
  checkThat(
    orders === null || orders.some((order) => ordered.has(order)),
    `${move} though nobody ordered it`,
  );
  checkThat(
    to !== 'failed' || (mayEnd.get(fileId)?.has(failure ?? '') ?? false),
    `${move} with ${failure}, which nothing explains`,
  );
}

/** Those that may take a row to a state; null: it may get there by itself. */
function ordersFor(from: DownloadState | null, to: DownloadState | null): readonly (Order | 'add')[] | null {
  if (from === null) return ['add'];
  if (to === null) return ['clearFinished'];
  if (to === 'paused') return ['pause'];
  if (to === 'cancelled') return ['cancel'];
  if (to !== 'waiting') return null;
  if (from === 'paused') return ['resume', 'startNow'];
  if (from === 'failed') return ['retry', 'startNow', 'add'];
  return from === 'cancelled' ? ['retry'] : null;
}

/** The history has one entry for each end, written with it. */
function checkHistory(engine: Engine, changes: readonly StateChange[]): void {
  const ends = changes.flatMap(({ from, to }) => {
    if (to === 'done' || to === 'already-there') return ['whole'];
    if (to === 'failed') return ['failed'];
    return to === 'cancelled' && from !== 'failed' ? ['cancelled'] : [];
  });
  const entries = engine.database
    .prepare('SELECT outcome FROM history ORDER BY id')
    .all()
    .map((row) => text(row, 'outcome'))
    .map((outcome) => (outcome === 'failed' || outcome === 'cancelled' ? outcome : 'whole'));
  checkThat(
    entries.join() === ends.join(),
    `the history has ${entries.join() || 'nothing'}, the rows ended with ${ends.join() || 'nothing'}`,
  );
}
