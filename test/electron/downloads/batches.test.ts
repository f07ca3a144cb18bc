import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csv, type Engine, startEngine } from '../../fakes/download-engine.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const file = (name: string) => engine.file(name, { content: csv(1000) });
async function add(...names: readonly string[]): Promise<readonly number[]> {
  const added = await engine.manager.add(names.map(file), engine.folder, { manifest: true });
  return added.ok ? added.value.ids : [];
}
const reach = (state: 'done' | 'failed', ...ids: readonly number[]) =>
  engine.until(() => ids.every((id) => engine.download(id).state === state));
const told = (times: number) => engine.until(() => engine.ended.length === times);
const batchOf = (id: number | undefined) => engine.store.row(id ?? 0)?.batchId;

describe('the end of a batch', () => {
  it('is told once, when the last of its files has come to its end', async () => {
    engine.server.fail('/b.csv', { kind: 'stall', after: 0 });
    const ids = await add('a.csv', 'b.csv', 'c.csv');
    await reach('done', ids[0] ?? 0, ids[2] ?? 0);
    expect(engine.ended).toEqual([]);
    engine.server.release();
    await told(1);
    expect(engine.ended).toEqual([{ id: batchOf(ids[0]), folder: engine.folder }]);
    await engine.restart();
    expect(engine.ended).toHaveLength(1);
  });

  it('is not told while files are paused, and is when they are cancelled', async () => {
    engine.signedIn = false;
    await add('a.csv', 'b.csv');
    await engine.manager.pause('all');
    await engine.restart();
    expect(engine.ended).toEqual([]);
    await engine.manager.cancel('all');
    await told(1);
  });

  it('is told again when a failed file was tried again', async () => {
    engine.server.fail('/a.csv', { kind: 'status', status: 406 });
    const ids = await add('a.csv', 'b.csv');
    await told(1);
    expect(engine.download(ids[0] ?? 0).state).toBe('failed');
    await engine.manager.retry('all');
    await reach('done', ...ids);
    await told(2);
  });

  it('is not told to anybody who wants no manifest', async () => {
    const ids = await engine.add(file('a.csv'));
    await reach('done', ...ids);
    await engine.restart();
    expect(engine.ended).toEqual([]);
  });

  it('belongs to the batch that a file was asked for with last', async () => {
    engine.signedIn = false;
    const [a = 0] = await add('a.csv', 'b.csv');
    const first = batchOf(a);
    await add('b.csv', 'c.csv');
    await engine.manager.pause('all');
    engine.signedIn = true;
    engine.manager.wake();
    await engine.manager.resume([a]);
    await reach('done', a);
    await told(1);
    expect(engine.ended[0]?.id).toBe(first);
    await engine.manager.resume('all');
    await told(2);
    expect(engine.ended[1]?.id).not.toBe(first);
  });

  it('counts a running file for the new batch, too', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 500 });
    const [a = 0] = await add('a.csv');
    await engine.receives(a, 500);
    const first = batchOf(a);
    await add('a.csv', 'b.csv');
    await told(1);
    expect(engine.ended[0]?.id).toBe(first);
    engine.server.release();
    await told(2);
    expect(engine.ended[1]?.id).toBe(batchOf(a));
    expect(engine.download(a).state).toBe('done');
  });

  it('is told at the next start when nobody has finished hearing of it', async () => {
    let hear = (): void => {};
    engine.onBatchEnd = (batch) => {
      engine.ended.push(batch);
      return new Promise((resolve) => {
        hear = resolve;
      });
    };
    await add('a.csv');
    await told(1);
    const restarted = engine.restart('crash');
    hear();
    engine.onBatchEnd = (batch) => void engine.ended.push(batch);
    await restarted;
    await told(2);
    expect(engine.ended[1]).toEqual(engine.ended[0]);
    await engine.restart();
    expect(engine.ended).toHaveLength(2);
  });

  it('is told at the next start to somebody who has failed', async () => {
    const bug = new Error('not expected');
    engine.onBatchEnd = () => Promise.reject(bug);
    await add('a.csv');
    await engine.until(() => engine.bugs.length === 1);
    expect(engine.bugs.splice(0)).toEqual([bug]);
    engine.onBatchEnd = (batch) => void engine.ended.push(batch);
    await engine.restart();
    await told(1);
  });
});
