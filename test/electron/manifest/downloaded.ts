/** A folder with downloaded files, and the history that knows them. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEntry } from '../../../electron/contract/history.ts';
import {
  createHistoryStore,
  type HistoryRecord,
  type HistoryStore,
} from '../../../electron/history/history-store.ts';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';

export interface Downloaded {
  readonly folder: string;
  readonly database: Database;
  readonly history: HistoryStore;
  /** Puts a file into the folder and records that it was downloaded. */
  download(name: string, content: string, change?: Partial<HistoryRecord>): Promise<HistoryEntry>;
  /** Puts a file into the folder, by the way. */
  put(name: string, content: string): Promise<void>;
  read(name: string): Promise<string>;
  names(): Promise<string[]>;
  close(): Promise<void>;
}

export const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
export const md5 = (content: string) => createHash('md5').update(content).digest('hex');

export const BATCH = 7;

export async function openDownloaded(): Promise<Downloaded> {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-downloaded-'));
  const database = openDatabase(':memory:');
  const history = createHistoryStore(database);

  return {
    folder,
    database,
    history,
    async download(name, content, change = {}) {
      await writeFile(join(folder, name), content);
      return history.record({
        reference: {
          provider: 'cisco-cca',
          accountKey: 'key',
          accountName: 'acme-machine',
          reportId: 'daily',
          reportTitle: 'Daily CDR archives',
          period: '2026-10-01/2026-10-31',
          fileId: `id of ${name}`,
          link: 'https://files.example.com/1',
          question: '{}',
          name,
          size: content.length,
          md5: md5(content),
          content: 'text',
          expiresAt: null,
          attemptsCounted: null,
        },
        batchId: BATCH,
        name,
        path: join(folder, name),
        startedAt: Date.UTC(2026, 10, 1, 9),
        endedAt: Date.UTC(2026, 10, 1, 9, 30),
        size: content.length,
        md5: md5(content),
        attempts: 1,
        outcome: 'verified',
        failureCode: null,
        notes: [],
        ...change,
      });
    },
    put: (name, content) => writeFile(join(folder, name), content),
    read: (name) => readFile(join(folder, name), 'utf8'),
    names: async () => (await readdir(folder)).sort(),
    async close() {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
