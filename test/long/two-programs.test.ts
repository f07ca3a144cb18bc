/** Two programs at the same time: on one queue, and on one folder. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { csv, listedReference } from '../fakes/download-engine.ts';
import { type FileServer, startFileServer } from '../fakes/file-server.ts';
import type { EngineProcessOptions } from './engine-process.ts';
import { readRecords, startEngineProcess } from './engine-runs.ts';
import { howMany } from './how-long.ts';

let server: FileServer;
let home: string;
beforeEach(async () => {
  server = await startFileServer();
  home = await mkdtemp(join(tmpdir(), 'cdr-two-'));
});
afterEach(async () => {
  await server.close();
  await rm(home, { recursive: true, force: true });
});

/** What a program downloads: files of the usual names, with content of its own. */
async function program(owner: string, count: number, folder: string) {
  const files = Array.from({ length: count }, (_, n) => {
    const content = csv(2000 + 3000 * n, owner.charCodeAt(0) + n);
    const path = `/${owner}/${n}`;
    return {
      content,
      reference: listedReference(path, `${n}.csv`, server.serve(path, { content }), content),
    };
  });
  const options: EngineProcessOptions = {
    dataFolder: join(home, `data of ${owner}`),
    folder: join(home, folder),
    list: join(home, `list of ${owner}.json`),
    atOnce: 6,
    killAtCall: null,
  };
  await Promise.all([options.dataFolder, options.folder].map((path) => mkdir(path, { recursive: true })));
  await writeFile(options.list, JSON.stringify(files.map(({ reference }) => reference)));
  return { files, options };
}

it('the second one on a queue says that it is in use, and leaves it alone', async () => {
  const { options, files } = await program('a', 4, 'files');
  server.fail('/a/0', { kind: 'stall', after: 100 });
  const first = startEngineProcess(options);
  await first.next('started');
  const second = startEngineProcess(options);
  expect((await second.ended).lines).toEqual([{ event: 'refused', failure: 'in-use' }]);
  server.release();
  expect((await first.ended).lines.at(-1)).toMatchObject({ event: 'idle', count: { done: 4 } });
  expect(readRecords(options.dataFolder).rows).toHaveLength(files.length);
});

it('the next one on a queue has it as soon as the one before is gone, however it went', async () => {
  const { options } = await program('a', 4, 'files');
  server.fail('/a/0', { kind: 'stall', after: 100 });
  const first = startEngineProcess(options);
  await first.next('started');
  first.kill();
  await first.ended;
  server.release();
  const { lines } = await startEngineProcess(options).ended;
  expect(lines.at(-1)).toMatchObject({ event: 'idle', count: { done: 4 } });
});

const times = howMany('RACES', { whole: 15, shortened: 2 });

it(`on one folder never overwrite each other's files (${times} times)`, async () => {
  for (let time = 0; time < times; time++) {
    const folder = `files ${time}`;
    const programs = await Promise.all(['a', 'b'].map((owner) => program(`${owner}${time}`, 40, folder)));
    const runs = programs.map(({ options }) => startEngineProcess(options));
    const ends = await Promise.all(runs.map(({ ended }) => ended));
    for (const { lines } of ends) expect(lines.at(-1)).toMatchObject({ event: 'idle', count: { done: 40 } });
    const names = await readdir(join(home, folder));
    expect(names).toHaveLength(80);
    for (const { options, files } of programs) {
      const { rows } = readRecords(options.dataFolder);
      for (const { reference, content } of files) {
        const name = rows.find(({ fileId }) => fileId === reference.fileId)?.finalName ?? '';
        const isRight = content.equals(await readFile(join(options.folder, name)));
        expect(isRight, `${name} is right`).toBe(true);
      }
    }
  }
});
