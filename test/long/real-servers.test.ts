/** Against servers as they are out there, for what they make of ranges, of changed files and of many connections. */
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileReference } from '../../electron/downloads/file-source.ts';
import { csv, type Engine, md5, startEngine } from '../fakes/download-engine.ts';
import { howMany } from './how-long.ts';
import { createSeededRandom } from './seeded-random.ts';
import { startCountingProxy } from './servers/counting-proxy.ts';
import { lighttpd } from './servers/lighttpd.ts';
import { FEW, nginx } from './servers/nginx.ts';
import { type RealServer, runServer, whyNot } from './servers/run-server.ts';
import { tellSkipped } from './tell-skipped.ts';

const SIZE = 2_000_000;
const content = csv(SIZE);
const changed = csv(SIZE, 7);

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

/** A file on a server, as a listing would tell of it. */
async function onServer(
  { root, origin }: Pick<RealServer, 'root' | 'origin'>,
  name: string,
  bytes: Buffer,
  { at = '/', ...change }: Partial<FileReference> & { readonly at?: string } = {},
): Promise<FileReference> {
  await writeFile(join(root, name), bytes);
  return engine.file(name, { content: bytes }, { link: `${origin}${at}${name}`, ...change });
}

/** Servers tell versions apart by the second in which a file was written, so this one is from another day. */
async function change({ root }: RealServer, name: string, bytes: Buffer): Promise<void> {
  const path = join(root, name);
  await writeFile(path, bytes);
  await utimes(path, new Date('2026-01-01'), new Date('2026-01-01'));
}

/** The server's own time is the real one: retries are not to come before it has sent anything. */
const PATIENT = 10;

/** Lets time pass, `step` milliseconds at a time, until all have come to their end. */
async function end(ids: readonly number[], step = 1000): Promise<void> {
  await engine.until(async () => {
    await engine.clock.advance(step);
    return ids.every((id) => ['done', 'failed'].includes(engine.download(id).state));
  });
}

/** Pauses a download when it has some of its bytes. */
async function pausedInTheMiddle(reference: FileReference): Promise<number> {
  const [id = 0] = await engine.add(reference);
  await engine.receives(id, 1);
  await engine.manager.pause([id]);
  const { received } = await engine.reaches(id, 'paused');
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(SIZE);
  return id;
}

describe.each([
  { program: nginx, at: '/slow/' },
  { program: lighttpd, at: '/' },
])('$program.name', ({ program, at }) => {
  const reason = whyNot(program.name);
  tellSkipped(`tests against ${program.name}`, reason);
  let server: RealServer;
  beforeAll(async () => {
    if (!reason) server = await runServer(program);
  });
  afterAll(() => server?.stop());
  beforeEach(({ skip }) => skip(reason !== null, reason ?? ''));

  /** Statuses of the requests for a file, once as many are in the log as were sent. */
  async function statuses(name: string, count: number): Promise<number[]> {
    let seen: number[] = [];
    await engine.until(async () => {
      const requests = await server.requests();
      seen = requests.filter(({ path }) => path.endsWith(`/${name}`)).map(({ status }) => status);
      return seen.length >= count;
    });
    return seen;
  }

  it('continues where a pause left off, byte for byte', async () => {
    const id = await pausedInTheMiddle(await onServer(server, 'paused.csv', content, { at }));
    await engine.manager.resume([id]);
    await end([id]);
    expect(engine.download(id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await statuses('paused.csv', 2)).toEqual([200, 206]);
    expect(await engine.read('paused.csv')).toEqual(content);
  });

  it('continues after a crash, without a checksum as well', async () => {
    const reference = await onServer(server, 'crash.csv', content, { at, md5: null });
    const id = await pausedInTheMiddle(reference);
    await engine.restart('crash');
    await engine.manager.resume([id]);
    await end([id]);
    expect(await statuses('crash.csv', 2)).toEqual([200, 206]);
    expect(await engine.read('crash.csv')).toEqual(content);
  });

  it('continues again and again', async () => {
    const id = await pausedInTheMiddle(await onServer(server, 'often.csv', content, { at }));
    for (let time = 0; time < 3 && engine.download(id).state === 'paused'; time++) {
      const { received } = engine.download(id);
      await engine.manager.resume([id]);
      await engine.receives(id, received + 1);
      await engine.manager.pause([id]);
      await engine.reaches(id, 'paused', 'done');
    }
    await engine.manager.resume([id]);
    await end([id]);
    expect(await engine.read('often.csv')).toEqual(content);
  });

  it('gets the file anew that was changed between the attempts', async () => {
    const id = await pausedInTheMiddle(await onServer(server, 'new.csv', content, { at, md5: null }));
    await change(server, 'new.csv', changed);
    await engine.manager.resume([id]);
    await end([id]);
    expect(engine.download(id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await statuses('new.csv', 2)).toEqual([200, 200]);
    expect(await engine.read('new.csv')).toEqual(changed);
  });

  it('leaves nothing of a file that is no longer the one that was listed', async () => {
    const id = await pausedInTheMiddle(await onServer(server, 'other.csv', content, { at }));
    await change(server, 'other.csv', changed);
    await engine.manager.resume([id]);
    await end([id]);
    expect(engine.download(id)).toMatchObject({ state: 'failed', failure: { code: 'checksum-disagrees' } });
    expect(await engine.names()).toEqual([]);
  });

  it('asks for the whole file when it has become shorter than the part', async () => {
    const id = await pausedInTheMiddle(
      await onServer(server, 'short.csv', content, { at, md5: null, size: null }),
    );
    await change(server, 'short.csv', Buffer.from('day\n'));
    await engine.manager.resume([id]);
    await end([id]);
    expect((await engine.read('short.csv')).toString()).toBe('day\n');
  });
});

describe('connections', () => {
  const reason = whyNot('nginx');
  let server: RealServer;
  beforeAll(async () => {
    if (!reason) server = await runServer(nginx);
  });
  afterAll(() => server?.stop());
  beforeEach(({ skip }) => skip(reason !== null, reason ?? ''));

  const many = (at: string, count: number, origin = server.origin) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        onServer({ ...server, origin }, `${n}.csv`, csv(100_000 + n, n + 1), { at }),
      ),
    );

  async function expectAllRight(references: readonly FileReference[]): Promise<void> {
    for (const { name, md5: listed } of references) expect(md5(await engine.read(name))).toBe(listed);
    expect(await engine.names()).toHaveLength(references.length);
  }

  it('that are refused with 429 become fewer, and every file comes', async () => {
    const references = await many('/few/', 12);
    const before = (await server.requests()).length;
    const ids = await engine.add(...references);
    await end(ids, PATIENT);
    await expectAllRight(references);
    const seen = (await server.requests()).slice(before);
    expect(seen.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(ids.reduce((sum, id) => sum + engine.download(id).attempts, 0)).toBe(seen.length);
  });

  it('that are refused with 503 end in files or in a failure that can be tried again', async () => {
    const references = await many('/busy/', 12);
    const ids = await engine.add(...references);
    await end(ids, PATIENT);
    for (const id of ids) expect([undefined, 'service-down']).toContain(engine.download(id).failure?.code);
    engine.atOnce = FEW;
    await engine.manager.retry('all');
    await end(ids, PATIENT);
    await expectAllRight(references);
  });

  it('that end with each answer are opened anew', async () => {
    const references = await many('/once/', 20);
    await end(await engine.add(...references));
    await expectAllRight(references);
  });

  it.each([1, 3, 6, 20])('are never more than %i where that is the setting', async (atOnce) => {
    const proxy = await startCountingProxy(server.port);
    engine.atOnce = atOnce;
    const references = await many('/slow/', 60, proxy.origin);
    await end(await engine.add(...references));
    await expectAllRight(references);
    expect(proxy.most).toBeLessThanOrEqual(atOnce);
    expect(proxy.most).toBe(Math.min(atOnce, 19));
    await proxy.close();
  });

  it.each([1, 3, 20])('are never more than %i while requests are broken off and begun', async (atOnce) => {
    const proxy = await startCountingProxy(server.port);
    const { below } = createSeededRandom(atOnce);
    engine.atOnce = atOnce;
    const references = await many('/slow/', 40, proxy.origin);
    const ids = await engine.add(...references);
    const times = howMany('ABORTS', { whole: 300, shortened: 40 });
    for (let time = 0; time < times; time++) {
      const some = ids.filter(() => below(3) === 0);
      const order = (['pause', 'resume', 'interrupt', 'startNow'] as const)[below(4)] ?? 'resume';
      if (order === 'interrupt') engine.manager.interrupt();
      else await engine.manager[order](some);
      for (let turn = below(20); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    }
    await engine.manager.resume('all');
    await end(ids);
    await expectAllRight(references);
    expect(proxy.most).toBeLessThanOrEqual(atOnce);
    await proxy.close();
  });
});
