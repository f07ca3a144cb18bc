/** How many files of one account are downloaded at the same time, where a person has set that. */
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

const content = csv(1000);

/** Adds files whose bodies don't come before `release`. */
function addStalled(...names: readonly string[]) {
  for (const name of names) engine.server.fail(`/${name}`, { kind: 'stall', after: 0 });
  return engine.add(...names.map((name) => engine.file(name, { content })));
}

const begun = (ids: readonly number[]) =>
  ids.filter((id) => engine.download(id).state === 'downloading').length;
const underWay = (files: number) => engine.until(() => engine.server.underWay === files);
/** The most files that were under way at once are so many. */
const mostUnderWay = (files: number) => engine.until(() => engine.server.most === files);
const allDone = (ids: readonly number[]) =>
  engine.until(() => ids.every((id) => engine.download(id).state === 'done'));

function setLimit(files: number | null): void {
  engine.atOnceOf = files;
  engine.manager.wake();
}

describe("an account's own limit", () => {
  it('holds although more of all files may run', async () => {
    engine.atOnceOf = 2;
    const ids = await addStalled('a', 'b', 'c', 'd', 'e');
    await mostUnderWay(2);
    expect(begun(ids)).toBe(2);
    engine.server.release();
    await allDone(ids);
    expect(engine.server.most).toBe(2);
  });

  it('that is raised or taken away starts more at once', async () => {
    engine.atOnceOf = 1;
    const ids = await addStalled('a', 'b', 'c', 'd', 'e');
    await underWay(1);
    setLimit(3);
    await underWay(3);
    setLimit(null);
    await underWay(5);
    engine.server.release();
    await allDone(ids);
  });

  it('that is lowered stops none, and none begins before fewer are under way', async () => {
    engine.atOnce = 3;
    const ids = await addStalled('a', 'b', 'c', 'd');
    await underWay(3);
    const before = engine.server.requests.length;
    setLimit(1);
    expect(engine.server.underWay).toBe(3);
    const [a = 0, b = 0, c = 0, d = 0] = ids;
    await engine.manager.pause([a]);
    await engine.reaches(a, 'paused');
    await engine.manager.pause([b]);
    await engine.reaches(b, 'paused');
    expect(engine.download(d).state).toBe('waiting');
    expect(engine.server.requests).toHaveLength(before);
    await engine.manager.pause([c]);
    await underWay(1);
    expect(begun(ids)).toBe(1);
    engine.server.release();
    await engine.reaches(d, 'done');
  });

  it.each([
    { files: 2, allFiles: 6, service: 3 },
    { files: 5, allFiles: 2, service: null },
    { files: 5, allFiles: 6, service: 2 },
    { files: null, allFiles: 6, service: 2 },
  ])('is one of three, and the smallest holds: %j', async ({ files, allFiles, service }) => {
    engine.atOnce = allFiles;
    engine.atOnceOf = files;
    Object.assign(engine.source, { filesAtOnce: service });
    const ids = await addStalled('a', 'b', 'c', 'd');
    await mostUnderWay(2);
    engine.server.release();
    await allDone(ids);
    expect(engine.server.most).toBe(2);
  });

  it('that is set while the account is signed out holds when it is signed in', async () => {
    engine.signedIn = false;
    const ids = await addStalled('a', 'b', 'c');
    setLimit(1);
    engine.signedIn = true;
    engine.manager.wake();
    await mostUnderWay(1);
    expect(begun(ids)).toBe(1);
    engine.server.release();
    await allDone(ids);
    expect(engine.server.most).toBe(1);
  });
});
