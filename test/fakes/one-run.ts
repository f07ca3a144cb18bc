/** One run with everything real but its clock and its service: files, database. Nothing of it may ask the service. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem } from '../../electron/downloads/file-system.ts';
import type { QueueRow } from '../../electron/downloads/queue-row.ts';
import { createQueueStore, type QueueStore } from '../../electron/downloads/queue-store.ts';
import { realFiles } from '../../electron/downloads/real-files.ts';
import type { Run, RunParts } from '../../electron/downloads/run.ts';
import { createRunTools } from '../../electron/downloads/run-tools.ts';
import type { FileReference } from '../../electron/history/file-reference.ts';
import { createHistoryStore, type HistoryStore } from '../../electron/history/history-store.ts';
import { openDatabase } from '../../electron/lib/database.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeFileSource } from './fake-file-source.ts';
import { someFile } from './some-file.ts';

export interface OneRun {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly store: QueueStore;
  readonly history: HistoryStore;
  /** What every run shares. `files`: the disk, if not the real one. */
  parts(files?: FileSystem): RunParts;
  /** Puts a file into the queue and begins a run at it. */
  begin(file?: Partial<FileReference>, change?: Partial<QueueRow>): StartedRun;
  put(name: string, content: string | Buffer): Promise<void>;
  /** The names in the folder, sorted. */
  names(): Promise<string[]>;
  read(name: string): Promise<string>;
  close(): Promise<void>;
}

export interface StartedRun extends Run {
  /** What was saved, in order. */
  readonly saved: Partial<QueueRow>[];
  /** The row as it is on the disk. */
  stored(): QueueRow;
  stop(): void;
}

const noService = () => Promise.reject(new Error('the service was asked'));

export async function openOneRun(): Promise<OneRun> {
  const home = await mkdtemp(join(tmpdir(), 'cdr-run-'));
  const folder = await mkdtemp(join(tmpdir(), 'cdr-files-'));
  const clock = createFakeClock();
  const database = openDatabase(join(home, 'records.sqlite'));
  const store = createQueueStore(database);
  const history = createHistoryStore(database);

  function rowOf(id: number): QueueRow {
    const row = store.row(id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  }

  return {
    folder,
    clock,
    store,
    history,
    parts: (files) => ({
      ...createRunTools({
        files: files ?? realFiles,
        clock,
        store,
        history,
        speedLimit: () => null,
        roomFor: async () => null,
        writeThread: null,
      }),
      source: createFakeFileSource({ exchange: noService, stream: noService, close: async () => {} }),
      onAnswer() {},
    }),
    begin(file = {}, change = {}) {
      const now = clock.now();
      const { id } = store.add(someFile(file), folder, now, now, store.addBatch(folder, now, false));
      store.save({ ...rowOf(id), ...change });
      const stopping = new AbortController();
      const saved: Partial<QueueRow>[] = [];
      let row = rowOf(id);
      return {
        saved,
        signal: stopping.signal,
        row: () => row,
        async save(next) {
          row = { ...row, ...next };
          store.save(row);
          saved.push(next);
        },
        job: { notes: null, note: noService, folder: noService, arrived: () => undefined },
        turn: async () => !stopping.signal.aborted,
        turnOver() {},
        progress() {},
        stored: () => rowOf(id),
        stop: () => stopping.abort(),
      };
    },
    put: (name, content) => writeFile(join(folder, name), content),
    names: async () => (await readdir(folder)).sort(),
    read: (name) => readFile(join(folder, name), 'utf8'),
    async close() {
      database.close();
      await rm(home, { recursive: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
