/** Which download comes next, and when. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadHold } from '../../../electron/contract/download.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';
import { csv, type Engine, startEngine } from '../../fakes/download-engine.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const content = csv(1000);
const file = (name: string, change: Partial<FileReference> = {}) => engine.file(name, { content }, change);
const files = (...names: readonly string[]) => names.map((name) => file(name));
const asked = () => engine.server.requests.map(({ path }) => path.slice(1));
const states = (...ids: readonly number[]) => ids.map((id) => engine.download(id).state);
const stall = (name: string) => engine.server.fail(`/${name}`, { kind: 'stall', after: 0 });
const allDone = (...ids: readonly number[]) =>
  engine.until(() => states(...ids).every((state) => state === 'done'));
const MINUTE_MS = 60_000;

/** Hours by the engine's clock that begin, or end, so many minutes from now. */
function hoursFromNow(from: number, to: number) {
  const time = (minutes: number) => {
    const date = new Date(engine.clock.now() + minutes * MINUTE_MS);
    return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  };
  return { from: time(from), to: time(to) };
}

describe('starting now', () => {
  it('makes rows the next ones, in the order in which they were named', async () => {
    engine.atOnce = 1;
    stall('a');
    const [a = 0, b = 0, c = 0, d = 0] = await engine.add(...files('a', 'b', 'c', 'd'));
    await engine.until(() => engine.server.underWay === 1);
    await engine.manager.startNow([d, c]);
    engine.server.release();
    await allDone(a, b, c, d);
    expect(asked()).toEqual(['a', 'd', 'c', 'b']);
  });

  it('starts paused and failed ones, and leaves alone what has come to another end', async () => {
    engine.server.fail('/b', { kind: 'status', status: 406 });
    const [a = 0, b = 0] = await engine.add(...files('a', 'b'));
    await engine.reaches(a, 'done');
    await engine.reaches(b, 'failed');
    engine.signedIn = false;
    const [c = 0, d = 0] = await engine.add(...files('c', 'd'));
    await engine.manager.pause([c]);
    await engine.manager.cancel([d]);
    engine.signedIn = true;
    await engine.manager.startNow([a, b, c, d]);
    await allDone(b, c);
    expect(states(a, d)).toEqual(['done', 'cancelled']);
    expect(asked().filter((name) => name === 'a')).toHaveLength(1);
  });

  it('begins the tries of a waiting row anew', async () => {
    engine.server.fail('/a', { kind: 'status', status: 503 });
    const [id = 0] = await engine.add(file('a'));
    await engine.until(() => engine.download(id).nextTryAt !== null);
    await engine.manager.startNow([id]);
    await engine.reaches(id, 'done');
  });

  it('does not start what nobody is signed in for', async () => {
    engine.signedIn = false;
    const [id = 0] = await engine.add(file('a'));
    await engine.manager.startNow([id]);
    expect(engine.download(id)).toMatchObject({ state: 'waiting', needsSignIn: true });
    engine.signedIn = true;
    engine.manager.wake();
    await engine.reaches(id, 'done');
  });

  it('is over once the row was paused', async () => {
    engine.signedIn = false;
    const [a = 0, b = 0] = await engine.add(...files('a', 'b'));
    await engine.manager.startNow([b]);
    await engine.manager.pause([b]);
    await engine.manager.resume([b]);
    engine.atOnce = 1;
    engine.signedIn = true;
    engine.manager.wake();
    await allDone(a, b);
    expect(asked()).toEqual(['a', 'b']);
  });
});

describe('what is made ready ahead', () => {
  /** Three that are under way and a fourth that waits for one of them to end, with its part. */
  async function fourth() {
    engine.atOnce = 3;
    for (const name of ['a', 'b', 'c']) stall(name);
    const ids = await engine.add(...files('a', 'b', 'c', 'd', 'e'));
    await engine.until(
      async () => engine.server.underWay === 3 && (await engine.names()).includes('d.cdrpart'),
    );
    return ids;
  }

  it('asks for nothing before another one has its bytes, and is shown as waiting', async () => {
    const [, , , d = 0, e = 0] = await fourth();
    expect(engine.server.requests).toHaveLength(3);
    expect(states(d, e)).toEqual(['waiting', 'waiting']);
    expect(engine.server.underWay).toBe(3);
    expect(await engine.names()).not.toContain('e.cdrpart');
    engine.server.release();
    await allDone(d, e);
    expect(engine.server.most).toBe(3);
  });

  it('leaves nothing behind when it is paused, and counts as no attempt', async () => {
    const [, , , d = 0] = await fourth();
    await engine.manager.pause([d]);
    await engine.reaches(d, 'paused');
    expect(engine.store.row(d)).toMatchObject({ attempts: 0, partName: null, received: 0 });
    expect(await engine.names()).not.toContain('d.cdrpart');
  });

  it('makes room for what a person starts now', async () => {
    const [, , , d = 0, e = 0] = await fourth();
    await engine.manager.startNow([e]);
    await engine.until(async () => (await engine.names()).includes('e.cdrpart'));
    engine.server.release();
    await allDone(d, e);
    expect(asked().slice(3)).toEqual(['e', 'd']);
    expect(engine.store.row(d)?.attempts).toBe(1);
  });
});

describe('outside the hours', () => {
  it('nothing is started, until they begin', async () => {
    engine.hours = hoursFromNow(10, 20);
    engine.manager.wake();
    const ids = await engine.add(...files('a', 'b'));
    const hold: DownloadHold = { reason: 'hours', until: engine.clock.now() + 10 * MINUTE_MS };
    expect(engine.manager.list()).toMatchObject({ totals: { count: { waiting: 2 } }, hold });
    await engine.clock.advance(10 * MINUTE_MS - 1);
    expect(engine.server.requests).toEqual([]);
    expect(engine.batches.at(-1)?.hold).toEqual(hold);
    await engine.clock.advance(1);
    await allDone(...ids);
    expect(engine.manager.list().hold).toBeNull();
  });

  it('what is running is stopped, and goes on by itself when they begin again', async () => {
    engine.hours = hoursFromNow(-10, 10);
    engine.manager.wake();
    stall('a');
    const [id = 0] = await engine.add(file('a'));
    await engine.until(() => engine.server.underWay === 1);
    await engine.clock.advance(10 * MINUTE_MS);
    await engine.reaches(id, 'waiting');
    await engine.until(() => engine.server.underWay === 0);
    await engine.clock.advance(24 * 60 * MINUTE_MS - 20 * MINUTE_MS - 1);
    expect(engine.server.requests).toHaveLength(1);
    await engine.clock.advance(1);
    await engine.reaches(id, 'done');
  });

  it('what a person starts now runs all the same, and nothing else', async () => {
    engine.hours = hoursFromNow(10, 20);
    engine.manager.wake();
    const [a = 0, b = 0] = await engine.add(...files('a', 'b'));
    await engine.manager.startNow([b]);
    await engine.reaches(b, 'done');
    expect(states(a)).toEqual(['waiting']);
  });

  it('what a person started now is not stopped', async () => {
    engine.hours = hoursFromNow(-10, 10);
    engine.manager.wake();
    stall('a');
    engine.signedIn = false;
    const [a = 0] = await engine.add(file('a'));
    await engine.manager.startNow([a]);
    engine.signedIn = true;
    engine.manager.wake();
    await engine.until(() => engine.server.underWay === 1);
    await engine.clock.advance(11 * MINUTE_MS);
    expect(engine.server.underWay).toBe(1);
    engine.server.release();
    await engine.reaches(a, 'done');
  });

  it('what a person started now while it was running is not stopped', async () => {
    engine.hours = hoursFromNow(-10, 10);
    engine.manager.wake();
    stall('a');
    const [a = 0] = await engine.add(file('a'));
    await engine.until(() => engine.server.underWay === 1);
    await engine.manager.startNow([a]);
    await engine.clock.advance(11 * MINUTE_MS);
    expect(engine.server.underWay).toBe(1);
    engine.server.release();
    await engine.reaches(a, 'done');
  });

  it('is over when other hours are set', async () => {
    engine.hours = hoursFromNow(10, 20);
    engine.manager.wake();
    const ids = await engine.add(file('a'));
    engine.hours = null;
    engine.manager.wake();
    await allDone(...ids);
  });

  it('is no reason to hold anything when nothing waits', async () => {
    engine.hours = hoursFromNow(10, 20);
    engine.manager.wake();
    const ids = await engine.add(file('a'));
    await engine.manager.pause(ids.slice());
    expect(engine.manager.list().hold).toBeNull();
  });
});

describe('an interruption', () => {
  it('ends what is under way, which goes on by itself without having been tried', async () => {
    engine.server.fail('/a', { kind: 'stall', after: 0 }, { kind: 'stall', after: 0 });
    const [id = 0] = await engine.add(file('a'));
    for (const times of [1, 2]) {
      await engine.until(() => engine.server.underWay === 1 && engine.server.requests.length === times);
      engine.manager.interrupt();
      await engine.until(() => engine.server.requests.length === times + 1);
    }
    expect((await engine.reaches(id, 'done')).failure).toBeNull();
    expect(engine.store.row(id)?.tries).toEqual({});
  });
});

describe('a service that can not be reached', () => {
  it('holds its own account, by the name that people know', async () => {
    engine.source.findAgain = async () => ({
      ok: false,
      failure: { code: 'host-not-found', detail: 'ENOTFOUND' },
    });
    const [id = 0] = await engine.manager
      .add(files('a', 'b'), engine.folder, { listedAt: 1 })
      .then((added) => (added.ok ? added.value.ids : []));
    await engine.until(() => engine.download(id).failure !== null && engine.manager.list().hold !== null);
    expect(engine.manager.list().hold).toMatchObject({
      reason: 'unreachable',
      accountName: 'acme-machine',
      failure: { code: 'host-not-found' },
    });
    engine.hours = hoursFromNow(10, 20);
    engine.manager.wake();
    await engine.until(() => engine.manager.list().hold?.reason === 'hours');
    await engine.manager.startNow([id]);
    expect(engine.manager.list().hold?.reason).toBe('unreachable');
    engine.signedIn = false;
    engine.manager.wake();
    expect(engine.manager.list().hold?.reason).toBe('hours');
  });
});

describe('two accounts', () => {
  it('do not wait for each other', async () => {
    const other = files('a', 'b').map((reference) => ({ ...reference, accountKey: 'other' }));
    await engine.add(...other);
    const [id = 0] = await engine.add(file('c'));
    await engine.reaches(id, 'done');
    expect(asked()).toEqual(['c']);
    expect(engine.manager.list().totals.count.waiting).toBe(2);
  });
});
