/**
 * The engine as its own process, killed again and again while it downloads: at some moment from outside, or by itself
 * in the middle of one of its calls of the file system. `KILLS=1000` kills more often, `KILL_SEED=7` at other moments.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FileReference } from '../../electron/downloads/file-source.ts';
import { systemClock } from '../../electron/lib/clock.ts';
import { csv, listedReference } from '../fakes/download-engine.ts';
import { type Fault, type FileServer, startFileServer } from '../fakes/file-server.ts';
import type { EngineProcessOptions } from './engine-process.ts';
import { type EngineRun, readRecords, startEngineProcess } from './engine-runs.ts';
import { howMany } from './how-long.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

const kills = howMany('KILLS', { whole: 200, shortened: 10 });
const seed = howMany('KILL_SEED', { whole: 1, shortened: 1 });

it(`loses and repeats nothing, however often it is killed (${kills} kills, seed ${seed})`, async () => {
  const random = createSeededRandom(seed);
  let left = kills;
  while (left > 0) left -= await downloadBatch(random, left);
});

interface Batch {
  readonly server: FileServer;
  readonly home: string;
  readonly options: Omit<EngineProcessOptions, 'killAtCall'>;
  readonly files: readonly { readonly reference: FileReference; readonly content: Buffer }[];
}

/** Downloads one batch to its end in spite of at most so many kills. Answers with how many there were. */
async function downloadBatch(random: SeededRandom, most: number): Promise<number> {
  const batch = await makeBatch(random);
  let killed = 0;
  try {
    for (;;) {
      const wasKilled = await runOnce(batch, random, killed < most);
      if (!wasKilled) break;
      killed += 1;
    }
    await checkBatch(batch, killed);
  } finally {
    await batch.server.close();
    await rm(batch.home, { recursive: true, force: true });
  }
  return killed;
}

/** Small ones that come in no time, some of a size to be cut in the middle, and few that take their time. */
const SIZES = [
  ...Array.from({ length: 40 }, () => 3000),
  ...Array.from({ length: 10 }, () => 200_000),
  ...Array.from({ length: 3 }, () => 3_000_000),
];

async function makeBatch(random: SeededRandom): Promise<Batch> {
  const server = await startFileServer();
  const home = await mkdtemp(join(tmpdir(), 'cdr-kill-'));
  const options = {
    dataFolder: join(home, 'data'),
    folder: join(home, 'files'),
    list: join(home, 'list.json'),
    atOnce: 6,
  };
  await Promise.all([options.dataFolder, options.folder].map((folder) => mkdir(folder)));
  const files = SIZES.map((size, index) => {
    const content = csv(size + random.below(1000), index + 1);
    // Some have the same name.
    const name = `${random.below(5) === 0 ? 'same' : index}.csv`;
    const path = `/${index}`;
    server.fail(path, ...faultsOf(size, random));
    return { content, reference: listedReference(path, name, server.serve(path, { content }), content) };
  });
  files.sort(() => random.next() - 0.5);
  await writeFile(options.list, JSON.stringify(files.map(({ reference }) => reference)));
  return { server, home, options, files };
}

/** A few of the usual faults; what is large comes slowly, however often it is asked for. */
function faultsOf(size: number, random: SeededRandom): Fault[] {
  const fault = random.oneOf<Fault | null>([
    null,
    null,
    null,
    { kind: 'status', status: 503 },
    { kind: 'cut', after: Math.floor(size / 2) },
    { kind: 'corrupt', at: Math.floor(size / 3) },
  ]);
  const slow: Fault = { kind: 'drip', pieces: 30, everyMs: 10 };
  return [...(fault ? [fault] : []), ...(size > 1_000_000 ? Array.from({ length: 500 }, () => slow) : [])];
}

/** Starts the engine, and kills it when that is still to be done. True when it was killed. */
async function runOnce({ options }: Batch, random: SeededRandom, toKill: boolean): Promise<boolean> {
  const byItself = toKill && random.next() < 0.5;
  const run = startEngineProcess({ ...options, killAtCall: byItself ? 1 + random.below(200) : null });
  if (toKill && !byItself) void killSometime(run, random);
  const { lines, signal } = await run.ended;
  expect(lines.filter(({ event }) => event === 'bug')).toEqual([]);
  if (signal === null) expect(lines.at(-1)).toMatchObject({ event: 'idle', count: { failed: 0 } });
  return signal === 'SIGKILL';
}

/** Most are killed while they download, some while they start. */
async function killSometime(run: EngineRun, random: SeededRandom): Promise<void> {
  const whileItStarts = random.below(5) === 0;
  const moment = random.below(300);
  if (!whileItStarts) await run.next('started');
  await systemClock.sleep(moment);
  run.kill();
}

async function checkBatch({ server, options, files }: Batch, killed: number): Promise<void> {
  const { integrity, rows, history } = readRecords(options.dataFolder);
  expect(integrity).toBe('ok');
  const names = await readdir(options.folder);
  expect(names.filter((name) => name.endsWith('.cdrpart'))).toEqual([]);
  expect(names).toHaveLength(files.length);
  expect(rows).toHaveLength(files.length);
  for (const { reference, content } of files) {
    const row = rows.find(({ fileId }) => fileId === reference.fileId);
    expect(row?.state).toBe('done');
    const isRight = content.equals(await readFile(join(options.folder, row?.finalName ?? '')));
    expect(isRight, `${row?.finalName} is right`).toBe(true);
    const requests = server.requestsFor(reference.fileId).length;
    expect(row?.attempts).toBeGreaterThanOrEqual(requests);
    // Counted but never sent: once a kill at most.
    expect(row?.attempts).toBeLessThanOrEqual(requests + killed);
  }
  expect(history.map(({ name, outcome }) => `${name} ${outcome}`).sort()).toEqual(
    names.map((name) => `${name} verified`).sort(),
  );
}
