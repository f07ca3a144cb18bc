/** Plain links through the engine alone, as processes of their own against a real server. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { type FileServer, startFileServer } from '../../fakes/file-server.ts';
import { cdr, errorOf, filesOf, newFolder, summaryOf } from './cdr.ts';

let server: FileServer;
let home: string;

beforeEach(async () => {
  server = await startFileServer();
  onTestFinished(() => server.close());
  home = await newFolder();
});

const content = (number: number) => csv(5000 + number, number);

function link(number: number, change: object = {}) {
  const name = `file-${number}.csv`;
  const bytes = content(number);
  const url = server.serve(`/${name}`, { content: bytes });
  return { url, name, size: bytes.length, md5: md5(bytes), ...change };
}

const links = (count: number) => Array.from({ length: count }, (_, number) => link(number));

const get = (list: readonly object[], ...more: string[]) =>
  cdr(['get', '--list', '-', '--to-folder', 'files', '--data-dir', 'state', '--json', ...more], {
    input: list.map((one) => JSON.stringify(one)).join('\n'),
    cwd: home,
  });

describe('get', () => {
  it('downloads links, as many at once as it may', async () => {
    const list = links(60);
    const run = await get(list, '--at-once', '5');
    expect(run.code).toBe(0);
    expect(run.err).toBe('');
    expect(filesOf(run).map(({ file, outcome }) => [file, outcome])).toEqual(
      expect.arrayContaining(list.map(({ name }) => [name, 'verified'])),
    );
    expect(summaryOf(run)).toMatchObject({ verified: 60, failed: 0, left: 0, exitCode: 0 });
    expect(server.most).toBeLessThanOrEqual(5);
    expect(await readFile(join(home, 'files', 'file-7.csv'))).toEqual(content(7));
  });

  it('takes a list from a file, as an array', async () => {
    await writeFile(join(home, 'list.json'), JSON.stringify(links(2)));
    const args = ['get', '--list', 'list.json', '--to-folder', 'files', '--data-dir', 'state'];
    const run = await cdr(args, { cwd: home });
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^2 verified; 10\.0 kB in \d+ s$/m);
  });

  it('does nothing for an empty list', async () => {
    const run = await get([]);
    expect(run.code).toBe(0);
    expect(run.lines).toHaveLength(1);
  });

  it('gets one link under two names', async () => {
    const run = await get([link(1), link(1, { name: 'again.csv' })]);
    expect(run.code).toBe(0);
    expect((await readdir(join(home, 'files'))).sort()).toEqual(['again.csv', 'file-1.csv']);
  });

  it('counts a file without a checksum as good', async () => {
    const run = await get([link(1, { md5: null, size: null })]);
    expect(run.code).toBe(0);
    expect(filesOf(run)).toMatchObject([{ outcome: 'unverified' }]);
  });

  it('goes on with the others when one fails, whatever the server says of it', async () => {
    const list = links(6);
    server.fail('/file-1.csv', ...Array(3).fill({ kind: 'status', status: 404 }));
    server.fail('/file-2.csv', { kind: 'status', status: 401 });
    server.fail('/file-3.csv', { kind: 'status', status: 403 });
    server.fail('/file-4.csv', { kind: 'redirect', to: 'http://localhost:1/elsewhere' });
    server.fail('/file-5.csv', { kind: 'redirect', to: `${server.origin}/file-0.csv` });
    const run = await get([
      ...list.slice(0, 5),
      { ...link(5), ...link(0), name: 'moved.csv', url: `${server.origin}/file-5.csv` },
    ]);
    expect(run.code).toBe(1);
    expect(
      filesOf(run)
        .map(({ file, outcome, failure }) => [file, failure ?? outcome])
        .sort(),
    ).toEqual([
      ['file-0.csv', 'verified'],
      ['file-1.csv', 'not-found'],
      ['file-2.csv', 'unexpected-status'],
      ['file-3.csv', 'unexpected-status'],
      ['file-4.csv', 'untrusted-host'],
      ['moved.csv', 'verified'],
    ]);
  });

  it('refuses a list that it can’t read, with the place of the mistake', async () => {
    const run = await get([link(1), { ...link(2), md5: 'none' }]);
    expect(run.code).toBe(2);
    expect(JSON.stringify(run.lines[0])).toContain('Line 2: md5 has to be 32 hex digits');
    expect(server.requests).toEqual([]);
  });

  it('says when there is no list', async () => {
    const run = await cdr(['get', '--list', 'none.json', '--to-folder', 'files', '--json'], { cwd: home });
    expect(run.code).toBe(1);
    expect(errorOf(run)).toBe('file-missing');
  });
});
