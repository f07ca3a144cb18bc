/** The download engine with everything real but its clock and its service: files, database, HTTP. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, DownloadChanges } from '../../electron/contract/download.ts';
import type { HistoryEntry } from '../../electron/contract/history.ts';
import { historyQuerySchema } from '../../electron/contract/history.ts';
import type { Hours } from '../../electron/contract/settings.ts';
import type { Batch } from '../../electron/downloads/batch-store.ts';
import { createDownloadManager, type DownloadManager } from '../../electron/downloads/download-manager.ts';
import type { FileReference } from '../../electron/downloads/file-source.ts';
import type { FileSystem } from '../../electron/downloads/file-system.ts';
import { createQueueStore, type QueueStore } from '../../electron/downloads/queue-store.ts';
import { createHistoryStore, type HistoryStore } from '../../electron/history/history-store.ts';
import { type Database, openDatabase } from '../../electron/lib/database.ts';
import { createConnectionBudget } from '../../electron/network/connection-budget.ts';
import { createHttpClient } from '../../electron/network/http-client.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeFileSource, type FakeFileSource } from './fake-file-source.ts';
import { type FileServer, type ServedFile, startFileServer } from './file-server.ts';
import { startWriteWorker } from './write-worker-thread.ts';

export const ACCOUNT = 'account-1';

export interface Engine {
  readonly server: FileServer;
  readonly clock: FakeClock;
  /** Where files go. */
  readonly folder: string;
  /** The parts of the running engine; others after `restart`. */
  readonly source: FakeFileSource;
  readonly manager: DownloadManager;
  readonly database: Database;
  readonly store: QueueStore;
  readonly history: HistoryStore;
  /** What it told, from the beginning. */
  readonly batches: DownloadChanges[];
  readonly finished: HistoryEntry[];
  readonly accessLost: string[];
  readonly bugs: unknown[];
  /** The batches that were told to be at their end. */
  readonly ended: Batch[];
  /** What is done about the end of a batch, by default nothing but noting it. */
  onBatchEnd(batch: Batch): Promise<void> | void;
  /** Switches. `files` counts from the next `restart`. */
  signedIn: boolean;
  atOnce: number;
  /** Of the one account; null: as many as of all. */
  atOnceOf: number | null;
  hours: Hours | null;
  /** Bytes a second; null: as fast as it goes. */
  speedLimit: number | null;
  files: FileSystem | undefined;
  /** Serves a file and answers with what a listing would say of it. */
  file(name: string, served: ServedFile, change?: Partial<FileReference>): FileReference;
  /** Puts new files into the queue. Answers with their ids. */
  add(...references: readonly FileReference[]): Promise<readonly number[]>;
  /** Waits for something that real sockets and files bring about. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Waits until a download is in one of these states. */
  reaches(id: number, ...states: Download['state'][]): Promise<Download>;
  /** Lets time pass until a running download has shown at least so many bytes. */
  receives(id: number, bytes: number): Promise<void>;
  /** Brings a download to a pause with the first `bytes` of its file in its part. Answers with its id. */
  pausedAt(reference: FileReference, bytes: number): Promise<number>;
  download(id: number): Download;
  entries(): readonly HistoryEntry[];
  /** The names in the folder, sorted. */
  names(): Promise<string[]>;
  read(name: string): Promise<Buffer>;
  /**
   * Ends the engine, in order or as a crash would, and starts it on the same database. `meanwhile` is done when nothing
   * of the old one goes on any more.
   */
  restart(how?: 'in-order' | 'crash', meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly database: Database;
  readonly store: QueueStore;
  readonly history: HistoryStore;
  readonly manager: DownloadManager;
  readonly ofThisStart: { crashed: boolean };
}

export const md5 = (content: Buffer): string => createHash('md5').update(content).digest('hex');

/** What a listing says of a file behind a link. */
export const listedReference = (
  fileId: string,
  name: string,
  link: string,
  content: Buffer,
): FileReference => ({
  provider: 'fake',
  accountKey: ACCOUNT,
  accountName: 'acme-machine',
  reportId: 'daily',
  reportTitle: 'Daily files',
  period: null,
  fileId,
  link,
  question: '{}',
  name,
  size: content.length,
  md5: md5(content),
  content: 'text',
  expiresAt: null,
  attemptsCounted: null,
});

/** Bytes that begin like a CSV and are different everywhere, so that a wrong joint shows. */
export function csv(bytes: number, seed = 1): Buffer {
  const content = Buffer.alloc(bytes);
  let state = seed;
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    content[at] = 97 + ((state >>> 16) % 26);
  }
  content.write('day,minutes\n'.slice(0, bytes));
  return content;
}

/** Folders that are given stay when the engine is closed. `home` is for its records. */
export async function startEngine(
  given: { readonly home?: string; readonly folder?: string } = {},
): Promise<Engine> {
  const home = given.home ?? (await mkdtemp(join(tmpdir(), 'cdr-engine-')));
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'cdr-files-')));
  const clock = createFakeClock();
  const server = await startFileServer({ clock });
  const openHttp = () => createHttpClient({ budget: createConnectionBudget() });
  let source = createFakeFileSource(openHttp());
  let parts: Parts;

  function start(): Parts {
    const database = openDatabase(join(home, 'records.sqlite'));
    const store = createQueueStore(database);
    const history = createHistoryStore(database);
    const ofThisStart = { crashed: false };
    const manager = createDownloadManager({
      database,
      store,
      history,
      clock,
      random: () => 0,
      sourceOf: (key) => (key === ACCOUNT && engine.signedIn ? source : null),
      atOnce: () => engine.atOnce,
      atOnceOf: () => engine.atOnceOf,
      workFolder: join(home, 'being-made'),
      startWriteWorker,
      hours: () => engine.hours,
      speedLimit: () => engine.speedLimit,
      onBatchEnd: (batch) => engine.onBatchEnd(batch),
      onChanges: (changes) => engine.batches.push(changes),
      onFinished: (entries) => engine.finished.push(...entries),
      onAccessLost: (accountKey, { code }) => engine.accessLost.push(`${accountKey}: ${code}`),
      onBug: (error) => ofThisStart.crashed || engine.bugs.push(error),
      ...(engine.files && { files: engine.files }),
    });
    return { database, store, history, manager, ofThisStart };
  }

  /** An order waits until the queue is loaded. */
  const loaded = () => parts.manager.resume([]);

  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  function download(id: number): Download {
    const found = parts.manager.list().downloads.find((row) => row.id === id);
    if (!found) throw new Error(`no download ${id}`);
    return found;
  }

  const engine: Engine = {
    server,
    clock,
    folder,
    signedIn: true,
    atOnce: 6,
    atOnceOf: null,
    hours: null,
    speedLimit: null,
    files: undefined,
    batches: [],
    finished: [],
    accessLost: [],
    bugs: [],
    ended: [],
    onBatchEnd: (batch) => void engine.ended.push(batch),
    get source() {
      return source;
    },
    get manager() {
      return parts.manager;
    },
    get database() {
      return parts.database;
    },
    get store() {
      return parts.store;
    },
    get history() {
      return parts.history;
    },
    file(name, served, change = {}) {
      const content = served.content;
      const link = server.serve(`/${encodeURIComponent(name)}`, served);
      return { ...listedReference(`id of ${name}`, name, link, content), ...change };
    },
    async add(...references) {
      const added = await parts.manager.add(references, folder);
      if (!added.ok) throw new Error(added.failure.code);
      return added.value.ids;
    },
    until,
    download,
    async reaches(id, ...states) {
      await until(() => states.includes(download(id).state));
      return download(id);
    },
    async receives(id, bytes) {
      await until(async () => {
        await clock.advance(100);
        return download(id).received >= bytes;
      });
    },
    async pausedAt(reference, bytes) {
      server.fail(new URL(reference.link).pathname, { kind: 'stall', after: bytes });
      const [id = 0] = await engine.add(reference);
      await engine.receives(id, bytes);
      await engine.manager.pause([id]);
      await engine.reaches(id, 'paused');
      return id;
    },
    entries: () => parts.history.search(historyQuerySchema.parse({})).entries,
    names: async () => (await readdir(folder)).sort(),
    read: (name) => readFile(join(folder, name)),
    async restart(how = 'in-order', meanwhile = async () => {}) {
      if (how === 'crash') {
        parts.ofThisStart.crashed = true;
        parts.database.close();
        await source.http.close();
        // Without its database it can't end well.
        await parts.manager.stop().catch(() => {});
        source = createFakeFileSource(openHttp());
      } else {
        await parts.manager.stop();
        parts.database.close();
      }
      await meanwhile();
      parts = start();
      await loaded();
    },
    async close() {
      await parts.manager.stop();
      parts.database.close();
      await source.http.close();
      await server.close();
      if (!given.home) await rm(home, { recursive: true });
      if (!given.folder) await rm(folder, { recursive: true, force: true });
    },
  };
  parts = start();
  await loaded();
  return engine;
}
