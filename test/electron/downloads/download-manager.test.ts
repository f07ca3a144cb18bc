import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import { ACCOUNT, csv, type Engine, md5, startEngine } from '../../fakes/download-engine.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const content = csv(300_000);
const states = (...ids: number[]) => ids.map((id) => engine.download(id).state);

describe('a file from the service', () => {
  it('is verified and under its own name, with nothing left beside it', async () => {
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    const done = await engine.reaches(id, 'done');
    expect(done).toMatchObject({ received: content.length, attempts: 1, failure: null, notes: [] });
    expect(await engine.names()).toEqual(['a.csv']);
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('is asked for as it is, without compression', async () => {
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.reaches(id, 'done');
    expect(engine.server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('without a checksum is called downloaded, not verified', async () => {
    const [id = 0] = await engine.add(engine.file('a.csv', { content }, { md5: null, size: null }));
    expect((await engine.reaches(id, 'done')).notes).toEqual(['no-checksum']);
    expect(engine.entries()[0]).toMatchObject({
      outcome: 'unverified',
      md5Expected: null,
      md5: md5(content),
      size: content.length,
    });
  });

  it('carries what its service finds inside it', async () => {
    engine.source.inspect = async () => ['list-may-be-incomplete'];
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await engine.reaches(id, 'done')).notes).toEqual(['list-may-be-incomplete']);
    expect(engine.entries()[0]?.notes).toEqual(['list-may-be-incomplete']);
  });

  it('may be empty when it is announced so', async () => {
    const [id = 0] = await engine.add(engine.file('a.csv', { content: Buffer.alloc(0) }));
    await engine.reaches(id, 'done');
    expect(await engine.read('a.csv')).toEqual(Buffer.alloc(0));
  });
});

describe('the queue', () => {
  it.each([1, 3])(
    'never has more than %i under way when it may not, and takes them in their order',
    async (most) => {
      engine.atOnce = most;
      const references = Array.from({ length: 12 }, (_, n) =>
        engine.file(`${n}.csv`, { content: csv(20_000, n) }),
      );
      const ids = await engine.add(...references);
      await engine.until(() => ids.every((id) => engine.download(id).state === 'done'));
      expect(engine.server.most).toBeLessThanOrEqual(most);
      expect((await engine.names()).length).toBe(12);
      // Those that start together may overtake each other on their way.
      const started = engine.server.requests.map(({ path }) => Number(path.slice(1, -4)));
      for (const [turn, n] of started.entries()) expect(n).toBeLessThan(turn + most);
    },
  );

  it('does not take a file twice into the same folder', async () => {
    engine.signedIn = false;
    const a = engine.file('a.csv', { content });
    expect(await engine.manager.add([a, a], engine.folder)).toMatchObject(ok({ added: 1, alreadyQueued: 1 }));
    expect(await engine.manager.add([a], engine.folder)).toMatchObject(ok({ added: 0, alreadyQueued: 1 }));
    expect(await engine.manager.add([a], join(engine.folder, 'other'))).toMatchObject(
      ok({ added: 1, alreadyQueued: 0 }),
    );
  });

  it('takes a file again that was downloaded before', async () => {
    const a = engine.file('a.csv', { content });
    const [id = 0] = await engine.add(a);
    await engine.reaches(id, 'done');
    expect(await engine.manager.add([a], engine.folder)).toMatchObject(ok({ added: 1, alreadyQueued: 0 }));
  });

  it('tries a failed file again, with its new link, when it is added once more', async () => {
    const a = engine.file('a.csv', { content });
    const [id = 0] = await engine.add({ ...a, link: a.link.replace('a.csv', 'gone.csv') });
    await engine.reaches(id, 'failed');
    expect(await engine.manager.add([a], engine.folder)).toMatchObject(ok({ added: 0, alreadyQueued: 1 }));
    await engine.reaches(id, 'done');
  });

  it.each([1, 2])('gives two files of one name two names, %i at once', async (atOnce) => {
    engine.atOnce = atOnce;
    const first = engine.file('a.csv', { content });
    const second = engine.file('b.csv', { content: csv(1000, 7) }, { name: 'A.csv' });
    const ids = await engine.add(first, second);
    await engine.until(() => ids.every((id) => engine.download(id).state === 'done'));
    const names = ids.map((id) => engine.download(id).name);
    expect(await engine.names()).toEqual([...names].sort());
    expect(new Set(names.map((name) => name.toLowerCase()))).toEqual(new Set(['a.csv', 'a (2).csv']));
    expect(engine.manager.pathOf(ids[1] ?? 0)).toBe(join(engine.folder, names[1] ?? ''));
  });

  it('says that a folder is missing', async () => {
    const a = engine.file('a.csv', { content });
    await engine.manager.add([a], join(engine.folder, 'gone'));
    await engine.until(() => engine.manager.list().downloads[0]?.state === 'failed');
    expect(engine.manager.list().downloads[0]?.failure?.code).toBe('folder-missing');
    expect(engine.server.requests).toEqual([]);
  });
});

describe('pausing and resuming', () => {
  it('keeps the part and asks only for the rest', async () => {
    const a = engine.file('a.csv', { content, etag: '"one"' });
    const id = await engine.pausedAt(a, 100_000);
    expect(engine.download(id)).toMatchObject({ received: 100_000, speed: 0, failure: null });
    expect(await engine.names()).toEqual(['a.csv.cdrpart']);
    await engine.manager.resume([id]);
    const done = await engine.reaches(id, 'done');
    expect(done.attempts).toBe(2);
    expect(engine.server.requests[1]?.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': '"one"' });
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('leaves nothing behind when nothing had arrived', async () => {
    const a = engine.file('a.csv', { content });
    engine.server.fail('/a.csv', { kind: 'stall', after: 0 });
    const [id = 0] = await engine.add(a);
    await engine.until(() => engine.server.underWay === 1);
    await engine.manager.pause([id]);
    await engine.reaches(id, 'paused');
    expect(await engine.names()).toEqual([]);
  });

  it('of a waiting file sends nothing until it is resumed', async () => {
    engine.signedIn = false;
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.manager.pause([id]);
    engine.signedIn = true;
    engine.manager.wake();
    expect(states(id)).toEqual(['paused']);
    expect(engine.server.requests).toEqual([]);
    await engine.manager.resume('all');
    await engine.reaches(id, 'done');
  });

  it('goes on when it is resumed before the pause has come about', async () => {
    const a = engine.file('a.csv', { content });
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(a);
    await engine.receives(id, 100_000);
    void engine.manager.pause([id]);
    await engine.manager.resume([id]);
    await engine.reaches(id, 'done');
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('of all works on running and waiting ones alike', async () => {
    engine.atOnce = 1;
    engine.server.fail('/a.csv', { kind: 'stall', after: 1000 });
    const ids = await engine.add(
      engine.file('a.csv', { content }),
      engine.file('b.csv', { content }),
      engine.file('c.csv', { content }),
    );
    await engine.until(() => engine.server.underWay === 1);
    await engine.manager.pause('all');
    await engine.until(() => states(...ids).every((state) => state === 'paused'));
    await engine.manager.resume('all');
    await engine.until(() => states(...ids).every((state) => state === 'done'));
  });

  it('leaves rows alone that have come to their end', async () => {
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.reaches(id, 'done');
    await engine.manager.pause([id]);
    await engine.manager.resume([id]);
    await engine.manager.retry([id]);
    await engine.manager.cancel([id]);
    expect(states(id)).toEqual(['done']);
  });
});

describe('cancelling', () => {
  it('deletes the part of a running one, and records it', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    await engine.manager.cancel([id]);
    await engine.until(() => engine.download(id).state === 'cancelled' && engine.download(id).received === 0);
    expect(await engine.names()).toEqual([]);
    expect(engine.entries()).toMatchObject([{ outcome: 'cancelled', attempts: 1, size: null }]);
  });

  it('deletes the part of a paused one', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    await engine.manager.cancel('all');
    expect(states(id)).toEqual(['cancelled']);
    await engine.until(() => engine.download(id).received === 0);
    expect(await engine.names()).toEqual([]);
  });

  it('of all is one entry each in the history', async () => {
    engine.signedIn = false;
    const ids = await engine.add(engine.file('a.csv', { content }), engine.file('b.csv', { content }));
    await engine.manager.cancel('all');
    expect(states(...ids)).toEqual(['cancelled', 'cancelled']);
    expect(engine.entries().map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']);
    expect(engine.finished).toHaveLength(2);
  });

  it('is undone by trying again, from the beginning', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    void engine.manager.cancel([id]);
    await engine.manager.retry([id]);
    await engine.reaches(id, 'done');
    expect(engine.server.requests[1]?.headers.range).toBeUndefined();
    expect(await engine.names()).toEqual(['a.csv']);
  });

  it('of a failed one tidies it away without a second entry', async () => {
    engine.server.fail('/a.csv', { kind: 'status', status: 406 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.reaches(id, 'failed');
    await engine.manager.cancel([id]);
    expect(states(id)).toEqual(['cancelled']);
    expect(engine.entries().map(({ outcome }) => outcome)).toEqual(['failed']);
  });
});

describe('clearing', () => {
  it('takes done and cancelled rows off the list, and keeps files, failures and history', async () => {
    engine.server.fail('/b.csv', { kind: 'status', status: 406 });
    const [a = 0, b = 0] = await engine.add(
      engine.file('a.csv', { content }),
      engine.file('b.csv', { content }),
    );
    await engine.reaches(a, 'done');
    await engine.reaches(b, 'failed');
    await engine.manager.clearFinished();
    expect(engine.manager.list().downloads.map(({ id }) => id)).toEqual([b]);
    expect(await engine.names()).toEqual(['a.csv']);
    expect(engine.entries()).toHaveLength(2);
    await engine.clock.advance(100);
    expect(engine.batches.at(-1)?.removed).toEqual([a]);
  });
});

describe('a file that is already there', () => {
  it('costs no request', async () => {
    await writeFile(join(engine.folder, 'a.csv'), content);
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    const there = await engine.reaches(id, 'already-there');
    expect(there).toMatchObject({ attempts: 0, received: content.length, name: 'a.csv' });
    expect(engine.server.requests).toEqual([]);
    expect(engine.entries()).toMatchObject([{ outcome: 'already-there', md5: md5(content), attempts: 0 }]);
  });

  it('is found under a later name of the same kind', async () => {
    await writeFile(join(engine.folder, 'a.csv'), 'something else');
    await writeFile(join(engine.folder, 'a (2).csv'), content);
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await engine.reaches(id, 'already-there')).name).toBe('a (2).csv');
  });

  it('is not looked at to its end when that is stopped', async () => {
    await writeFile(join(engine.folder, 'a.csv'), content);
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.manager.pause([id]);
    await engine.reaches(id, 'paused');
    expect(await engine.names()).toEqual(['a.csv']);
    await engine.manager.resume([id]);
    await engine.reaches(id, 'already-there');
    expect(engine.server.requests).toEqual([]);
  });

  it('has to have the same bytes, else both are kept', async () => {
    await writeFile(join(engine.folder, 'a.csv'), csv(content.length, 99));
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await engine.reaches(id, 'done')).name).toBe('a (2).csv');
    expect(await engine.read('a.csv')).toEqual(csv(content.length, 99));
    expect(await engine.read('a (2).csv')).toEqual(content);
    expect(engine.entries()[0]).toMatchObject({
      name: 'a (2).csv',
      path: join(engine.folder, 'a (2).csv'),
    });
  });

  it('is never assumed without a checksum', async () => {
    await writeFile(join(engine.folder, 'a.csv'), content);
    const [id = 0] = await engine.add(engine.file('a.csv', { content }, { md5: null }));
    expect((await engine.reaches(id, 'done')).name).toBe('a (2).csv');
  });

  it('is not a folder of that name', async () => {
    await mkdir(join(engine.folder, 'a.csv'));
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await engine.reaches(id, 'done')).name).toBe('a (2).csv');
  });
});

describe('signing in', () => {
  it('is what files wait for, and go on after', async () => {
    engine.signedIn = false;
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect(engine.download(id)).toMatchObject({ state: 'waiting', needsSignIn: true });
    engine.signedIn = true;
    engine.manager.wake();
    expect(engine.download(id).needsSignIn).toBe(false);
    await engine.reaches(id, 'done');
  });

  it('out stops what is running and keeps its part', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    engine.signedIn = false;
    engine.manager.wake();
    const waiting = await engine.reaches(id, 'waiting');
    expect(waiting).toMatchObject({ needsSignIn: true, received: 100_000 });
    engine.signedIn = true;
    engine.manager.wake();
    await engine.reaches(id, 'done');
    expect(engine.server.requests[1]?.headers.range).toBe('bytes=100000-');
  });

  it('again is not needed for a token that has run out: it is renewed once', async () => {
    engine.server.fail('/a.csv', { kind: 'status', status: 401 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await engine.reaches(id, 'done')).attempts).toBe(2);
    expect(engine.source.renewals).toBe(1);
    expect(engine.server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('is needed after a second 401, for all files of the account', async () => {
    engine.atOnce = 1;
    const refuse = { kind: 'status', status: 401 } as const;
    engine.server.fail('/a.csv', refuse, refuse);
    const [a = 0, b = 0] = await engine.add(
      engine.file('a.csv', { content }),
      engine.file('b.csv', { content }),
    );
    await engine.until(() => engine.download(a).failure !== null);
    expect(engine.download(a)).toMatchObject({ state: 'waiting', needsSignIn: true, attempts: 2 });
    expect(engine.download(a).failure?.code).toBe('access-lost');
    expect(engine.download(b)).toMatchObject({ state: 'waiting', needsSignIn: true, attempts: 0 });
    expect(await engine.names()).toEqual([]);
    expect(engine.accessLost).toEqual(['account-1: access-lost']);
    engine.manager.wake();
    await engine.reaches(a, 'done');
    await engine.reaches(b, 'done');
  });

  it('that is refused while renewing lets the files wait', async () => {
    engine.server.fail('/a.csv', { kind: 'status', status: 401 });
    engine.source.renewal = async () => failed(failure('sign-in-refused', 'status 401'));
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.until(() => engine.download(id).failure?.code === 'sign-in-refused');
    expect(engine.download(id)).toMatchObject({ state: 'waiting', needsSignIn: true });
    expect(engine.entries()).toEqual([]);
  });
});

describe('after a restart', () => {
  it('the queue is what it was', async () => {
    engine.signedIn = false;
    const references = Array.from({ length: 5 }, (_, n) => engine.file(`${n}.csv`, { content }));
    const [first = 0, second = 0] = await engine.add(...references);
    await engine.manager.pause([first]);
    await engine.manager.cancel([second]);
    const before = engine.manager.list();
    await engine.restart();
    expect(engine.manager.list().downloads).toEqual(before.downloads);
    expect(engine.manager.list().totals).toEqual(before.totals);
  });

  it('what was running goes on by itself, from where it was', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    await engine.restart();
    const done = await engine.reaches(id, 'done');
    expect(done.attempts).toBe(2);
    expect(engine.server.requests[1]?.headers.range).toBe('bytes=100000-');
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('what a person paused stays paused', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    await engine.restart();
    expect(engine.download(id)).toMatchObject({ state: 'paused', received: 100_000 });
    await engine.manager.resume('all');
    await engine.reaches(id, 'done');
    expect(engine.server.requests[1]?.headers.range).toBe('bytes=100000-');
  });

  it('of a crash, only bytes are continued that were safe on the disk', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    engine.server.fail('/a.csv', { kind: 'stall', after: 200_000 });
    await engine.manager.resume([id]);
    await engine.receives(id, 200_000);
    await engine.restart('crash');
    await engine.reaches(id, 'done');
    expect(engine.download(id).attempts).toBe(3);
    expect(engine.server.requests[2]?.headers.range).toBe('bytes=100000-');
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('of a crash in a large file, little has to be fetched again', async () => {
    const large = Buffer.concat(Array.from({ length: 48 }, (_, n) => csv(1_000_000, n + 1)));
    engine.server.fail('/a.csv', { kind: 'stall', after: 40_000_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content: large }));
    await engine.until(() => (engine.store.row(id)?.received ?? 0) > 0);
    const safe = engine.store.row(id)?.received ?? 0;
    await engine.restart('crash');
    await engine.reaches(id, 'done');
    expect(safe).toBeGreaterThan(30_000_000);
    expect(engine.server.requests[1]?.headers.range).toBe(`bytes=${safe}-`);
    expect(md5(await engine.read('a.csv'))).toBe(md5(large));
  });

  it('starts over when the part was deleted in the meantime', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    await engine.manager.stop();
    await unlink(join(engine.folder, 'a.csv.cdrpart'));
    await engine.restart();
    await engine.manager.resume([id]);
    await engine.reaches(id, 'done');
    expect(engine.server.requests[1]?.headers.range).toBeUndefined();
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('deletes the part of a download that was cancelled at the last moment', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    const row = engine.store.row(id);
    if (row) engine.store.save({ ...row, state: 'cancelled' });
    await engine.restart();
    await engine.until(() => engine.store.row(id)?.partName === null);
    expect(await engine.names()).toEqual([]);
  });

  it('counts a file as done that got its name before the record did', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    const row = engine.store.row(id);
    if (!row) throw new Error('no row');
    await writeFile(join(engine.folder, 'a.csv'), content);
    engine.store.save({
      ...row,
      state: 'verifying',
      size: content.length,
      received: content.length,
      md5Found: md5(content),
    });
    await engine.restart();
    await engine.reaches(id, 'done');
    expect(await engine.names()).toEqual(['a.csv']);
    expect(engine.server.requests).toHaveLength(1);
    expect(engine.entries()).toMatchObject([{ outcome: 'verified', attempts: 1 }]);
  });
});

describe('an old link', () => {
  it('is listed again before it is used', async () => {
    const a = engine.file('a.csv', { content });
    const asked: string[] = [];
    engine.source.findAgain = async (file) => {
      asked.push(file.link);
      return ok(a);
    };
    await engine.manager.add([{ ...a, link: 'http://127.0.0.1:1/old' }], engine.folder, { listedAt: 1 });
    await engine.until(() => engine.manager.list().downloads[0]?.state === 'done');
    expect(asked).toEqual(['http://127.0.0.1:1/old']);
    expect(engine.server.requests).toHaveLength(1);
  });

  it('is used all the same when the listing does not hold it any more', async () => {
    const a = engine.file('a.csv', { content });
    await engine.manager.add([a], engine.folder, { listedAt: 1 });
    await engine.until(() => engine.manager.list().downloads[0]?.state === 'done');
  });
});

describe('progress', () => {
  it('is told in batches that follow each other, and adds up to the list', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [a = 0, b = 0] = await engine.add(
      engine.file('a.csv', { content }),
      engine.file('b.csv', { content }),
    );
    await engine.receives(a, 100_000);
    engine.server.release();
    await engine.reaches(a, 'done');
    await engine.reaches(b, 'done');
    await engine.clock.advance(1000);
    expect(engine.batches.map(({ order }) => order)).toEqual(engine.batches.map((_, index) => index + 1));
    const mirror = new Map(engine.batches.flatMap(({ changed }) => changed.map((row) => [row.id, row])));
    const list = engine.manager.list();
    expect([...mirror.values()]).toEqual(list.downloads);
    expect(engine.batches.at(-1)).toMatchObject({ order: list.order, totals: list.totals });
    expect(list.totals).toMatchObject({
      totalBytes: 2 * content.length,
      receivedBytes: 2 * content.length,
      speed: 0,
    });
  });

  it('shows a speed while bytes come in', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    expect(engine.download(id).speed).toBeGreaterThan(0);
    expect(engine.manager.list().totals.speed).toBe(engine.download(id).speed);
    await engine.clock.advance(5000);
    expect(engine.download(id).speed).toBe(0);
  });

  it('knows the size from the answer where the listing did not say it', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }, { size: null }));
    await engine.receives(id, 100_000);
    expect(engine.download(id).size).toBe(content.length);
  });
});

describe('a bug', () => {
  it('fails one download, is told of, and holds up nothing', async () => {
    engine.atOnce = 1;
    const bug = new TypeError('not expected');
    engine.source.inspect = async ({ name }) => {
      if (name === 'a.csv') throw bug;
      return [];
    };
    const [a = 0, b = 0] = await engine.add(
      engine.file('a.csv', { content }),
      engine.file('b.csv', { content }),
    );
    expect((await engine.reaches(a, 'failed')).failure).toEqual({ code: 'unexpected', detail: 'TypeError' });
    await engine.reaches(b, 'done');
    expect(engine.bugs.splice(0)).toEqual([bug]);
  });
});

describe('the account', () => {
  it('keeps its own files waiting only', async () => {
    const a = engine.file('a.csv', { content });
    const [id = 0] = await engine.add({ ...a, accountKey: `${ACCOUNT}-other` });
    expect(engine.download(id).needsSignIn).toBe(true);
  });
});
