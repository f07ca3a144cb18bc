import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../electron/contract/result.ts';
import type { FileReference } from '../../../electron/downloads/file-source.ts';
import { csv, type Engine, md5, startEngine } from '../../fakes/download-engine.ts';
import type { Fault, ServedFile } from '../../fakes/file-server.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const SIZE = 300_000;
const HELD = 100_000;
const content = csv(SIZE);
const path = '/a.csv';

const reference = (served: Partial<ServedFile> = {}, change: Partial<FileReference> = {}) =>
  engine.file('a.csv', { content, ...served }, change);

/** A download that has 100,000 of its 300,000 bytes. */
const held = (served: Partial<ServedFile> = {}, change: Partial<FileReference> = {}) =>
  engine.pausedAt(reference(served, change), HELD);

/** Lets time pass until the download of that id ends one way or the other. */
async function ends(id: number) {
  await engine.until(async () => {
    await engine.clock.advance(10_000);
    return ['done', 'failed'].includes(engine.download(id).state);
  });
  return engine.download(id);
}

const ranges = () => engine.server.requestsFor(path).map(({ headers }) => headers.range);
const rest = `bytes=${HELD}-`;

const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault);
const status = (code: number, more: { headers?: Record<string, string>; body?: string } = {}): Fault => ({
  kind: 'status',
  status: code,
  ...more,
});

describe('continuing a part', () => {
  it('downloads the whole file when the server ignores the range', async () => {
    const id = await held({ ranges: false });
    await engine.manager.resume([id]);
    await ends(id);
    expect(ranges()).toEqual([undefined, rest]);
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('downloads the whole file when it has changed on the server, and fails when it is not the listed one', async () => {
    const a = reference({ etag: '"one"' });
    const id = await engine.pausedAt(a, HELD);
    engine.server.serve(path, { content: csv(SIZE, 5), etag: '"two"' });
    await engine.manager.resume([id]);
    const end = await ends(id);
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'checksum-disagrees' } });
    expect(await engine.names()).toEqual([]);
  });

  it('throws the answer away that begins elsewhere, and asks for the whole file', async () => {
    const id = await held();
    engine.server.fail(path, { kind: 'wrong-offset', by: -10 });
    await engine.manager.resume([id]);
    expect((await ends(id)).attempts).toBe(3);
    expect(ranges()).toEqual([undefined, rest, undefined]);
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('asks for the whole file after a 416 that does not fit', async () => {
    const id = await held();
    engine.server.fail(path, { kind: 'unsatisfiable', total: 50 });
    await engine.manager.resume([id]);
    await ends(id);
    expect(ranges()).toEqual([undefined, rest, undefined]);
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('takes a 416 that names its own length for the end of the file', async () => {
    const id = await held({ etag: '"one"' }, { size: null });
    engine.server.fail(path, { kind: 'unsatisfiable', total: HELD });
    engine.server.serve(path, { content: content.subarray(0, HELD), etag: '"one"' });
    const row = engine.store.row(id);
    if (!row?.part) throw new Error('no part');
    engine.store.save({
      ...row,
      part: { ...row.part, md5: md5(content.subarray(0, HELD)), total: null },
      reference: { ...row.reference, md5: md5(content.subarray(0, HELD)) },
    });
    await engine.manager.resume([id]);
    expect((await ends(id)).state).toBe('done');
    expect(ranges()).toEqual([undefined, rest]);
  });

  it('fetches the whole file once when the joined one has the wrong checksum', async () => {
    const id = await held();
    engine.server.fail(path, { kind: 'corrupt', at: 200_000 });
    await engine.manager.resume([id]);
    expect((await ends(id)).attempts).toBe(3);
    expect(ranges()).toEqual([undefined, rest, undefined]);
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('is not dared when nothing could tell a wrong joint', async () => {
    const id = await held({}, { md5: null });
    await engine.manager.resume([id]);
    await ends(id);
    expect(ranges()).toEqual([undefined, undefined]);
  });

  it('is dared without a checksum when the server gave a validator', async () => {
    const id = await held({ etag: '"one"' }, { md5: null });
    await engine.manager.resume([id]);
    await ends(id);
    expect(ranges()).toEqual([undefined, rest]);
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('keeps the part when a web page comes instead of the file', async () => {
    const id = await held();
    engine.server.fail(path, { kind: 'html' });
    await engine.manager.resume([id]);
    expect((await ends(id)).failure?.code).toBe('not-a-file');
    expect(await engine.names()).toEqual(['a.csv.cdrpart']);
    await engine.manager.retry([id]);
    await engine.reaches(id, 'done');
    expect(ranges()).toEqual([undefined, rest, rest]);
  });

  it('goes on after each break', async () => {
    engine.server.fail(path, { kind: 'cut', after: HELD }, { kind: 'cut', after: 2 * HELD });
    const [id = 0] = await engine.add(reference());
    expect((await ends(id)).attempts).toBe(3);
    expect(ranges()).toEqual([undefined, expect.stringMatching(/^bytes=/), expect.stringMatching(/^bytes=/)]);
    expect(await engine.read('a.csv')).toEqual(content);
  });
});

describe('a wrong checksum', () => {
  it('that comes twice is told with both values, and leaves no file', async () => {
    const wrong = csv(SIZE, 3);
    const [id = 0] = await engine.add(reference({ content: wrong }, { md5: md5(content) }));
    const end = await ends(id);
    expect(end.failure?.detail).toContain(md5(content));
    expect(end.failure?.detail).toContain(md5(wrong));
    expect(await engine.names()).toEqual([]);
    expect(engine.entries()).toMatchObject([
      { outcome: 'failed', failureCode: 'checksum-disagrees', md5Expected: md5(content), md5: md5(wrong) },
    ]);
  });

  it('can be tried again by hand, and is a new entry then', async () => {
    engine.server.fail(path, { kind: 'corrupt', at: 5 }, { kind: 'corrupt', at: 5 });
    const [id = 0] = await engine.add(reference());
    await ends(id);
    await engine.manager.retry([id]);
    await engine.reaches(id, 'done');
    expect(engine.entries().map(({ outcome }) => outcome)).toEqual(['verified', 'failed']);
  });
});

describe('a ZIP', () => {
  it('has to begin as one', async () => {
    const [id = 0] = await engine.add(engine.file('a.zip', { content }, { content: 'zip' }));
    expect((await ends(id)).failure?.code).toBe('not-a-file');
    expect(await engine.names()).toEqual([]);
  });

  it('that does is a file', async () => {
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), content]);
    const [id = 0] = await engine.add(engine.file('a.zip', { content: zip }, { content: 'zip' }));
    expect((await ends(id)).state).toBe('done');
  });
});

describe('the retry', () => {
  it('waits as long as the service says, and starts nothing else of the account meanwhile', async () => {
    engine.atOnce = 1;
    const a = reference();
    const b = engine.file('b.csv', { content });
    engine.server.fail(path, status(429, { headers: { 'retry-after': '90' } }));
    const [first = 0, second = 0] = await engine.add(a, b);
    await engine.until(() => engine.download(first).failure !== null);
    expect(engine.download(first)).toMatchObject({
      state: 'waiting',
      failure: { code: 'too-many-connections' },
      nextTryAt: engine.clock.now() + 90_000,
    });
    await engine.clock.advance(89_000);
    expect(engine.server.requests).toHaveLength(1);
    expect(engine.download(second).state).toBe('waiting');
    await engine.clock.advance(1000);
    await engine.reaches(first, 'done');
    await engine.reaches(second, 'done');
  });

  it('of a file that always gets 429 lets the others go first', async () => {
    engine.atOnce = 2;
    const always = Array.from({ length: 9 }, () => status(429, { headers: { 'retry-after': '7' } }));
    engine.server.fail('/0.csv', ...always);
    const references = [0, 1, 2, 3].map((n) => engine.file(`${n}.csv`, { content: csv(1000, n) }));
    const [first = 0, ...others] = await engine.add(...references);
    await engine.until(() => engine.download(first).failure?.code === 'too-many-connections');
    await engine.clock.advance(7000);
    await engine.until(() => others.every((id) => engine.download(id).state === 'done'));
    expect(engine.server.requestsFor('/0.csv').length).toBeLessThanOrEqual(2);
  });

  it('after 429 comes with half as many at once', async () => {
    engine.atOnce = 4;
    const references = Array.from({ length: 12 }, (_, n) =>
      engine.file(`${n}.csv`, { content: csv(1000, n) }),
    );
    for (const n of [0, 1, 2, 3]) engine.server.fail(`/${n}.csv`, status(429));
    const ids = await engine.add(...references);
    await engine.until(() => engine.server.requests.length === 4 && engine.server.underWay === 0);
    for (const n of [4, 5, 6, 7]) engine.server.fail(`/${n}.csv`, { kind: 'stall', after: 0 });
    await engine.until(() => ids.slice(0, 4).every((id) => engine.download(id).failure !== null));
    await engine.clock.advance(5000);
    await engine.until(() => engine.server.underWay === 2);
    expect(ids.filter((id) => engine.download(id).state === 'downloading')).toHaveLength(2);
  });

  it('can be had at once by asking for it', async () => {
    engine.server.fail(path, status(403));
    const [id = 0] = await engine.add(reference());
    await engine.until(() => engine.download(id).nextTryAt !== null);
    await engine.manager.retry([id]);
    await engine.reaches(id, 'done');
  });

  it('is still to come after a restart', async () => {
    engine.server.fail(path, status(403));
    const [id = 0] = await engine.add(reference());
    await engine.until(() => engine.download(id).nextTryAt !== null);
    await engine.restart();
    expect(engine.download(id)).toMatchObject({ state: 'waiting', failure: { code: 'not-available' } });
    await engine.clock.advance(5 * 60_000);
    await engine.reaches(id, 'done');
  });

  it('uses the link that a new listing gives when the old one leads nowhere', async () => {
    const a = reference();
    engine.source.findAgain = async () => ok(a);
    const [id = 0] = await engine.add({ ...a, link: a.link.replace('a.csv', 'moved.csv') });
    expect((await ends(id)).attempts).toBe(2);
  });

  it('uses it too when the host of the old one is gone', async () => {
    const a = reference();
    engine.source.findAgain = async () => ok(a);
    const [id = 0] = await engine.add({ ...a, link: 'http://127.0.0.1:1/a.csv' });
    expect((await ends(id)).attempts).toBe(2);
  });

  it('of a link that a new listing does not help stops after one more try', async () => {
    const a = reference();
    engine.server.fail(path, ...times(9, status(404)));
    engine.source.findAgain = async () => ok(a);
    const [id = 0] = await engine.add(a);
    expect(await ends(id)).toMatchObject({ state: 'failed', attempts: 2, failure: { code: 'not-found' } });
  });
});

describe('an attempt', () => {
  it('is written down before its request leaves', async () => {
    const a = reference();
    const seen: (number | undefined)[] = [];
    const request = engine.source.http.stream;
    const http = {
      ...engine.source.http,
      stream: (...input: Parameters<typeof request>) => {
        seen.push(engine.store.row(1)?.attempts);
        return request(...input);
      },
    };
    Object.assign(engine.source, { http });
    engine.server.fail(path, status(503));
    const [id = 0] = await engine.add(a);
    await ends(id);
    expect(seen).toEqual([1, 2]);
  });
});
