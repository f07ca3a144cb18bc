/** What is stopped, killed or held by another process, and how it goes on. */
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { csv, md5 } from '../../fakes/download-engine.ts';
import { type FaultyService, startFaultyService } from '../../fakes/faulty-service.ts';
import { type FileServer, startFileServer } from '../../fakes/file-server.ts';
import { type CdrRun, cdr, errorOf, filesOf, newFolder, startCdr, summaryOf, until } from './cdr.ts';

const MEGABYTE = 1024 * 1024;

let home: string;
beforeEach(async () => {
  home = await newFolder();
});

/** Whether the part of a file begins as the file does: then some of it has been written. */
async function hasBegun(name: string, beginning: Buffer): Promise<boolean> {
  const part = await readFile(join(home, 'files', `${name}.cdrpart`)).catch(() => Buffer.alloc(0));
  return part.subarray(0, beginning.length).equals(beginning);
}

describe('links', () => {
  const content = csv(4 * MEGABYTE);
  let server: FileServer;

  beforeEach(async () => {
    server = await startFileServer();
    onTestFinished(() => server.close());
  });

  const large = () => ({
    url: server.serve('/large.csv', { content, etag: '"1"' }),
    name: 'large.csv',
    size: content.length,
    md5: md5(content),
  });
  const args = ['get', '--list', '-', '--to-folder', 'files', '--data-dir', 'state', '--json'];
  const options = () => ({ cwd: home, input: JSON.stringify([large()]) });

  /** A run that stands still with a part of the file on disk. */
  async function startStalled() {
    server.fail('/large.csv', { kind: 'stall', after: 2 * MEGABYTE });
    const running = startCdr(args, options());
    await until(() => hasBegun('large.csv', content.subarray(0, 1000)));
    return running;
  }

  function expectResumed(run: CdrRun): void {
    expect(run.code).toBe(0);
    expect(filesOf(run)).toMatchObject([{ file: 'large.csv', outcome: 'verified', attempts: 2 }]);
    const [first, second] = server.requestsFor('/large.csv');
    expect(first?.headers.range).toBeUndefined();
    expect(second?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('go on from where %s has stopped them', async (signal) => {
    const { child, ended } = await startStalled();
    child.kill(signal);
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(errorOf(stopped)).toBe('cancelled');
    expect(filesOf(stopped)).toEqual([]);
    expect(summaryOf(stopped)).toMatchObject({ left: 1, exitCode: 130 });
    expectResumed(await cdr(args, options()));
    expect(await readdir(join(home, 'files'))).toEqual(['large.csv']);
    expect(await readFile(join(home, 'files', 'large.csv'))).toEqual(content);
  });

  it('are one process’s work, and the next one’s when that was killed', async () => {
    const { child } = await startStalled();
    const second = await cdr(args, options());
    expect(second.code).toBe(1);
    expect(errorOf(second)).toBe('in-use');
    expect(server.requestsFor('/large.csv')).toHaveLength(1);
    expect((await cdr(['history', '--data-dir', 'state'], { cwd: home })).code).toBe(4);

    child.kill('SIGKILL');
    await once(child, 'close');
    const third = await cdr(args, options());
    expect(third.code).toBe(0);
    expect(filesOf(third)).toMatchObject([{ outcome: 'verified', attempts: 2 }]);
    expect(await readFile(join(home, 'files', 'large.csv'))).toEqual(content);
  });
});

describe('a report', () => {
  let service: FaultyService;

  beforeEach(async () => {
    service = await startFaultyService({ today: '2026-11-22' });
    onTestFinished(() => service.close());
  });

  const fetchOne = () =>
    startCdr(
      [
        ...['fetch', '--server', service.address, '--account', 'demo', '--password-stdin'],
        ...['--report', 'daily-archives', '--from', '2026-10-06', '--to', '2026-10-06'],
        ...['--to-folder', 'files', '--data-dir', 'state', '--json'],
      ],
      { cwd: home, input: 'demo' },
    );

  it('goes on from where Ctrl-C has stopped it', async () => {
    service.setFaults(({ path }) =>
      path.includes('/compression/files/') ? { kind: 'stall', afterBytes: MEGABYTE } : undefined,
    );
    const { child, ended } = fetchOne();
    await until(() => hasBegun('CCA_SP_CDR_Daily_20261006.zip', Buffer.from('PK')));
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(summaryOf(stopped)).toMatchObject({ left: 1, listed: 1 });

    service.setFaults(null);
    const run = await fetchOne().ended;
    expect(run.code).toBe(0);
    expect(filesOf(run)).toMatchObject([{ outcome: 'verified', attempts: 2 }]);
    expect(service.requests.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('stops at once while it is being looked for', async () => {
    service.setFaults(({ method }) => (method === 'GET' ? { kind: 'stall' } : undefined));
    const { child, ended } = fetchOne();
    await until(() => service.requests.some(({ method }) => method === 'GET'));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });

  it('stops at once while it is being signed in for', async () => {
    service.setFaults(() => ({ kind: 'stall' }));
    const { child, ended } = fetchOne();
    await until(() => service.requests.length > 0);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});
