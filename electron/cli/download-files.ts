/** What `fetch` and `get` have in common: downloads, and says of each file how it ended. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, failure } from '../contract/failure.ts';
import { filesAtOnceOf } from '../contract/settings.ts';
import { diskFailure, errnoOf } from '../downloads/disk-failure.ts';
import type { FileReference, FileSource } from '../downloads/file-source.ts';
import { createHistoryStore } from '../history/history-store.ts';
import { createLog } from '../lib/log.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CliContext } from './context.ts';
import type { Ending } from './ending.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import type { EndedFile } from './follow-files.ts';
import { createManifests } from './manifests.ts';
import type { DownloadOptions } from './options.ts';
import type { Records } from './records.ts';
import { runQueue } from './run-queue.ts';
import { countIn, emptyTally, hadNothing, isFine, tallyText } from './tally.ts';
import { createTeller } from './tell-files.ts';

export interface DownloadTask {
  readonly records: Records;
  readonly settings: SettingsStore;
  readonly options: DownloadOptions;
  sourceOf(accountKey: string): FileSource | null;
  readonly references: readonly FileReference[];
  /** Files that can't even be asked for. */
  readonly hopeless: readonly EndedFile[];
  /** A whole path. */
  readonly folder: string;
  /** When the links were listed: milliseconds since 1970, UTC. */
  readonly listedAt: number;
}

/** Makes the folder for the files, though not what it lies in: that may be on a drive that is not there. */
export async function makeFolder(folder: string): Promise<Failure | null> {
  try {
    await mkdir(folder);
    return null;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return null;
    return { ...diskFailure(error), subject: folder };
  }
}

/** The end says how the files ended; `more` is what its summary says besides. */
export async function downloadFiles(
  task: DownloadTask,
  { host, output, dataFolder }: CliContext,
  more: object = {},
): Promise<Ending> {
  const { settings, options } = task;
  const log = createLog(join(dataFolder, 'cdr-desk.log'));
  const { atOnce, speedLimit, hours, leaveManifest } = settings.get();
  const begunAt = host.clock.now();
  const teller = createTeller(output);
  let tally = emptyTally;
  let manifestsFine = true;

  function onEnded(files: readonly EndedFile[]): void {
    for (const file of files) {
      tally = countIn(tally, file);
      teller.ended(file);
    }
  }

  const { database } = task.records;
  const history = createHistoryStore(database);
  const manifests = createManifests({
    database,
    history,
    clock: host.clock,
    startWorker: host.startHashWorker,
    stop: host.stop,
    onTrouble(what, error) {
      manifestsFine = false;
      log.error(what, error);
      output.note(what);
    },
  });
  onEnded(task.hopeless);
  const end = await runQueue({
    ...task,
    database,
    history,
    startWriteWorker: host.startWriteWorker,
    clock: host.clock,
    random: host.random,
    stop: host.stop,
    atOnce: options.atOnce ?? atOnce,
    atOnceOf: (accountKey) => filesAtOnceOf(settings.get(), accountKey),
    speedLimit: options.speedLimit ?? speedLimit,
    hours,
    waitMs: options.wait,
    wantsManifest: options.manifest || leaveManifest,
    onBatchEnd: manifests.write,
    onEnded,
    onWaiting: teller.waiting,
    onMaking: teller.making,
    onUnreachable: teller.unreachable,
    onProgress: output.bars && teller.progress,
    onBug: (error) => log.error('bug in downloads', error),
    workFolder: join(dataFolder, 'being-made'),
  });
  await manifests.finish();
  const ms = host.clock.now() - begunAt;
  const fine = manifestsFine && isFine(tally);
  const nothing = manifestsFine && end.left === 0 && hadNothing(tally);
  const code = fine ? exitCodes.good : nothing ? exitCodes.nothingFound : exitCodes.failed;
  return {
    exitCode: end.failure ? exitCodeOf(end.failure.code) : code,
    failure: end.failure,
    summary: {
      ...tally.count,
      noData: tally.noData,
      left: end.left,
      bytes: tally.bytes,
      seconds: ms / 1000,
      ...more,
    },
    text: tallyText(tally, end.left, ms),
  };
}

/** The end of a file that the service lists without a link. */
export const withoutLink = (name: string): EndedFile => ({
  file: name,
  outcome: 'failed',
  failure: failure('no-link', 'listed without a link').code,
  path: null,
  attempts: 0,
  bytes: 0,
  notes: [],
});
