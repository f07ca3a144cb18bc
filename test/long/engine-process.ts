/*
 * The download engine as a process of its own, as it is in the application but for its clock, which runs faster, and
 * its service, which is plain links. Its one argument is JSON (`EngineProcessOptions`); it prints a line of JSON for
 * each thing that happens (`EngineLine`) and ends when nothing is left to do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openRecords } from '../../electron/cli/records.ts';
import type { FailureCode } from '../../electron/contract/failure.ts';
import { ok } from '../../electron/contract/result.ts';
import { createDownloadManager } from '../../electron/downloads/download-manager.ts';
import { createQueueStore } from '../../electron/downloads/queue-store.ts';
import { realFiles } from '../../electron/downloads/real-files.ts';
import { fileReferenceSchema } from '../../electron/history/file-reference.ts';
import { createHistoryStore } from '../../electron/history/history-store.ts';
import { createConnectionBudget } from '../../electron/network/connection-budget.ts';
import { createHttpClient } from '../../electron/network/http-client.ts';
import { createFakeFileSource } from '../fakes/fake-file-source.ts';
import { startWriteWorker } from '../fakes/write-worker-thread.ts';
import { createFastClock } from './fast-clock.ts';
import { killAfterCalls } from './kill-after-calls.ts';

const optionsSchema = z.object({
  dataFolder: z.string(),
  folder: z.string(),
  /** A file with the references as JSON. */
  list: z.string(),
  atOnce: z.number(),
  /** Kills itself in the middle of this call of the file system; null: it lives on. */
  killAtCall: z.number().nullable(),
});
export type EngineProcessOptions = z.infer<typeof optionsSchema>;

export type EngineLine =
  | { readonly event: 'refused'; readonly failure: FailureCode }
  | { readonly event: 'started' }
  | { readonly event: 'bug'; readonly error: string }
  /** Nothing is left to do: how many rows are in which state. */
  | { readonly event: 'idle'; readonly count: Readonly<Record<string, number>> };

/** Waits of seconds take hundredths of them. */
const TIMES_FASTER = 100;

const tell = (line: EngineLine) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function run(options: EngineProcessOptions): Promise<void> {
  const records = openRecords(options.dataFolder);
  if (!records.ok) return void tell({ event: 'refused', failure: records.failure.code });
  const { database } = records.value;
  const store = createQueueStore(database);
  const source = createFakeFileSource(createHttpClient({ budget: createConnectionBudget() }));
  source.findAgain = async (file) => ok(file);
  let idle = () => {};
  const isIdle = new Promise<void>((resolve) => {
    idle = resolve;
  });
  let isLoaded = false;
  const look = () => {
    const { count } = manager.list().totals;
    if (isLoaded && count.waiting + count.downloading + count.verifying === 0) idle();
  };
  const manager = createDownloadManager({
    database,
    store,
    history: createHistoryStore(database),
    clock: createFastClock(TIMES_FASTER),
    random: Math.random,
    sourceOf: () => source,
    atOnce: () => options.atOnce,
    workFolder: join(options.dataFolder, 'being-made'),
    startWriteWorker,
    onChanges: look,
    onBug: (error) => tell({ event: 'bug', error: String(error) }),
    files: options.killAtCall === null ? realFiles : killAfterCalls(options.killAtCall),
  });
  tell({ event: 'started' });
  // An order waits until the queue is loaded.
  await manager.resume([]);
  // What was added before a kill is in the queue; the rest of the list is not.
  const known = new Set(
    database
      .prepare('SELECT file_id FROM downloads')
      .all()
      .map((row) => row.file_id),
  );
  const listed = z.array(fileReferenceSchema).parse(JSON.parse(readFileSync(options.list, 'utf8')));
  const added = await manager.add(
    listed.filter(({ fileId }) => !known.has(fileId)),
    options.folder,
  );
  if (!added.ok) throw new Error(added.failure.code);
  isLoaded = true;
  look();
  await isIdle;
  const { count } = manager.list().totals;
  await manager.stop();
  await source.http.close();
  records.value.close();
  tell({ event: 'idle', count });
}

await run(optionsSchema.parse(JSON.parse(process.argv[2] ?? '')));
