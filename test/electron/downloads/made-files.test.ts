/** Files that take several requests before they are there, or that are made here. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import type { Job } from '../../../electron/downloads/file-source.ts';
import { csv, type Engine, startEngine } from '../../fakes/download-engine.ts';
import { diskError } from '../../fakes/faulty-files.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const content = csv(1000);
const zip = Buffer.from('PK and more');
const unknown = { size: null, md5: null };
const asMade = (text: string) =>
  ok({
    kind: 'made' as const,
    async *bytes() {
      yield Buffer.from(text);
    },
  });
const later = (done: number, total: number, retryAfterMs = 60_000) =>
  failed(failure('being-made', 'a part', { retryAfterMs, progress: { done, total, msLeft: null } }));

describe('a file that is being made', () => {
  it('is asked about again when its provider says, costs no attempt, and is got under its new link', async () => {
    const file = engine.file('a', { content }, { link: 'nowhere' });
    const { link } = engine.file('a', { content });
    let steps = 0;
    engine.source.prepare = async () => {
      steps += 1;
      return steps < 3 ? later(steps, 3) : ok({ kind: 'link', link });
    };
    const [id = 0] = await engine.add(file);
    await engine.until(() => engine.download(id).failure?.progress?.done === 1);
    expect(engine.download(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(engine.server.requests).toHaveLength(0);
    await engine.clock.advance(60_000);
    await engine.until(() => engine.download(id).failure?.progress?.done === 2);
    await engine.clock.advance(60_000);
    expect(await engine.reaches(id, 'done')).toMatchObject({ attempts: 1 });
    expect(engine.store.row(id)?.tries).toEqual({});
  });

  it('is shown as waiting for its turn only while nothing is done for it', async () => {
    const waits = { done: 0, total: 1, msLeft: null, waits: true };
    let goOn = (): void => {};
    let steps = 0;
    engine.source.prepare = async () => {
      steps += 1;
      if (steps === 2) await new Promise<void>((resolve) => (goOn = resolve));
      return failed(failure('being-made', '', { retryAfterMs: 60_000, progress: waits }));
    };
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    const isWaiting = () => engine.download(id).failure?.progress?.waits;
    await engine.until(() => isWaiting() === true);
    await engine.clock.advance(60_000);
    await engine.until(() => steps === 2);
    await engine.until(async () => {
      await engine.clock.advance(100);
      return isWaiting() === false;
    });
    expect(engine.store.row(id)?.failure?.progress).toEqual(waits);
    goOn();
    await engine.until(() => isWaiting() === true);
  });

  it('gives its place to the next one meanwhile', async () => {
    engine.atOnce = 1;
    engine.source.prepare = async ({ name, link }) =>
      name === 'a' ? later(0, 1) : ok({ kind: 'link', link });
    const [, b = 0] = await engine.add(engine.file('a', { content }), engine.file('b', { content }));
    await engine.reaches(b, 'done');
  });

  it('goes on after a crash from what was noted and what has arrived', async () => {
    const seen: (string | null)[] = [];
    engine.source.prepare = async (_file, job) => {
      seen.push(job.notes);
      if (job.notes === null) {
        await writeFile(join(await job.folder(), 'part-1'), 'one,');
        await job.note('one part');
        return later(1, 2);
      }
      return asMade(`${await readFile(join(await job.folder(), 'part-1'), 'utf8')}two`);
    };
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    await engine.until(() => engine.download(id).failure?.code === 'being-made');
    const { prepare } = engine.source;
    await engine.restart('crash', async () => {});
    engine.source.prepare = prepare;
    await engine.clock.advance(60_000);
    await engine.reaches(id, 'done');
    expect((await engine.read('a')).toString()).toBe('one,two');
    expect(seen).toEqual([null, 'one part']);
  });

  it('leaves neither notes nor folder once it is there', async () => {
    let folder = '';
    engine.source.prepare = async (_file, job) => {
      folder = await job.folder();
      await job.note('something');
      return asMade('all of it');
    };
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    await engine.reaches(id, 'done');
    await engine.until(() => !existsSync(folder));
    expect(engine.store.row(id)?.job).toBeNull();
  });

  it('whose row is gone leaves no folder after the next start', async () => {
    let folder = '';
    engine.source.prepare = async (_file, job: Job) => {
      folder = await job.folder();
      return later(0, 1);
    };
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    await engine.until(() => engine.download(id).failure?.code === 'being-made');
    await engine.manager.cancel([id]);
    await mkdir(join(folder, '..', 'not-a-row'));
    const root = join(folder, '..');
    await engine.restart();
    await engine.until(async () => (await readdir(root)).length === 0);
  });
});

describe('the speed limit of a file that is being made', () => {
  it('holds back what arrives for it, at once when it is stopped', async () => {
    engine.speedLimit = 1000;
    const waits: string[] = [];
    engine.source.prepare = async (_file, job) => {
      for (const _read of [1, 2]) {
        waits.push('begins');
        await job.arrived(10_000);
        waits.push('ends');
      }
      return later(1, 2);
    };
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    await engine.until(() => waits.length === 1);
    await engine.clock.advance(9000);
    expect(waits).toEqual(['begins']);
    await engine.clock.advance(1000);
    await engine.until(() => waits.length === 3);
    await engine.manager.pause([id]);
    await engine.reaches(id, 'paused');
    expect(waits).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  it('does not hold back the bytes that are made of it, which are here already', async () => {
    engine.speedLimit = 1;
    engine.source.prepare = async () => asMade('made');
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    await engine.reaches(id, 'done');
  });
});

describe('bytes that are made here', () => {
  it('are written whole, counted as one attempt, and leave nothing but the file under its name', async () => {
    engine.source.prepare = async () => asMade('made');
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    expect(await engine.reaches(id, 'done')).toMatchObject({ attempts: 1, notes: ['no-checksum'], size: 4 });
    expect(await engine.names()).toEqual(['a']);
    expect(engine.server.requests).toHaveLength(0);
  });

  it('may be JSON: nobody takes them for a refusal', async () => {
    engine.source.prepare = async () => asMade('{"a":1}\n{"a":2}\n');
    const [id = 0] = await engine.add(engine.file('a.jsonl', { content }, unknown));
    await engine.reaches(id, 'done');
  });

  it('may be none at all', async () => {
    engine.source.prepare = async () => asMade('');
    const [id = 0] = await engine.add(engine.file('a.jsonl', { content }, unknown));
    await engine.reaches(id, 'done');
    expect(await engine.read('a.jsonl')).toHaveLength(0);
  });

  it('that break off leave no file', async () => {
    engine.source.prepare = async () =>
      ok({
        kind: 'made',
        async *bytes() {
          yield Buffer.from('half');
          throw diskError('EIO', 'read');
        },
      });
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    expect(await engine.reaches(id, 'failed')).toMatchObject({ failure: { code: 'disk-error' } });
    expect(await engine.names()).not.toContain('a');
  });
});

describe('a file that gets its name when it is ready', () => {
  const named = (name: string) => {
    engine.source.prepare = async ({ link }) => ok({ kind: 'link', link, name });
  };

  it('is called so in its folder, in the list and in the history', async () => {
    named('20260310_0f3c.zip');
    const [id = 0] = await engine.add(engine.file('calls.zip', { content: zip }, unknown));
    const { name } = await engine.reaches(id, 'done');
    expect(name).toBe('20260310_0f3c.zip');
    expect(await readdir(engine.folder)).toEqual([name]);
    expect(engine.finished.map((entry) => entry.name)).toEqual([name]);
  });

  it('replaces no other file of that name, and no other path can be hidden in it', async () => {
    await writeFile(join(engine.folder, 'b.zip'), 'another');
    named('../b.zip');
    const [id = 0] = await engine.add(engine.file('calls.zip', { content: zip }, unknown));
    expect(await engine.reaches(id, 'done')).toMatchObject({ name: 'b (2).zip' });
    expect(String(await readFile(join(engine.folder, 'b.zip')))).toBe('another');
  });
});

describe('a message in the place of a file', () => {
  it('is explained by the provider, by its text', async () => {
    const texts: string[] = [];
    engine.source.explainBody = (_file, text) => {
      texts.push(text);
      return failure('no-data', 'code 11');
    };
    const body = Buffer.from('{"code":"11"}');
    const [id = 0] = await engine.add(engine.file('a', { content: body }, unknown));
    expect(await engine.reaches(id, 'failed')).toMatchObject({ failure: { code: 'no-data' } });
    expect(texts).toEqual(['{"code":"11"}']);
  });

  it('that says that the file is still being made was only a look, which is no attempt', async () => {
    engine.source.explainBody = () => failure('being-made', 'code 11', { retryAfterMs: 60_000 });
    const [id = 0] = await engine.add(engine.file('a', { content: Buffer.from('{"code":"11"}') }, unknown));
    await engine.until(() => engine.download(id).failure?.code === 'being-made');
    expect(engine.download(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(engine.store.row(id)?.attempts).toBe(0);
    expect(engine.server.requests).toHaveLength(1);
  });

  it('that the provider does not know is no file', async () => {
    const body = Buffer.from('{"code":"11"}');
    const [id = 0] = await engine.add(engine.file('a', { content: body }, unknown));
    expect(await engine.reaches(id, 'failed')).toMatchObject({ failure: { code: 'not-a-file' } });
  });
});

describe('a service that stands few files at once', () => {
  it('is asked for no more, whatever the person wants', async () => {
    engine.atOnce = 6;
    Object.assign(engine.source, { filesAtOnce: 1 });
    const begun: string[] = [];
    engine.source.prepare = async ({ name, link }) => {
      begun.push(name);
      return ok({ kind: 'link', link });
    };
    engine.server.fail('/a', { kind: 'stall', after: 0 });
    const ids = await engine.add(...['a', 'b', 'c'].map((name) => engine.file(name, { content })));
    await engine.until(() => engine.server.underWay === 1);
    expect(begun).toEqual(['a']);
    engine.server.release();
    for (const id of ids) await engine.reaches(id, 'done');
  });
});

describe('a whole file that its provider finds wrong', () => {
  it('never gets its name, leaves nothing behind, and is fetched anew', async () => {
    const wrong = [failure('wrong-size', 'the ZIP has no end')];
    engine.source.check = async () => wrong.shift() ?? null;
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    expect(await engine.reaches(id, 'done')).toMatchObject({ attempts: 2 });
    expect(await engine.names()).toEqual(['a']);
  });

  it('fails when it is wrong again', async () => {
    engine.source.check = async () => failure('wrong-size', 'the ZIP has no end');
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    expect(await engine.reaches(id, 'failed')).toMatchObject({ failure: { code: 'wrong-size' } });
    expect(await engine.names()).toEqual([]);
    expect(engine.store.row(id)).toMatchObject({ partName: null, received: 0 });
  });
});

describe('a service that can not continue a file', () => {
  it('is asked for the whole file again, though its answers offer more', async () => {
    Object.assign(engine.source, { resumes: false });
    const file = engine.file('a', { content, etag: '"1"' }, unknown);
    engine.server.fail('/a', { kind: 'cut', after: 500 });
    const [id = 0] = await engine.add(file);
    await engine.until(() => engine.download(id).nextTryAt !== null);
    await engine.clock.advance(10_000);
    await engine.reaches(id, 'done');
    expect(engine.server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });
});

describe('a certificate that is another one than before', () => {
  it('ends the sign-in: nothing more is asked until somebody has trusted it, then it goes on', async () => {
    let asked = 0;
    let trusted = false;
    const { link } = engine.file('a', { content });
    engine.source.prepare = async () => {
      asked += 1;
      if (trusted) return ok({ kind: 'link', link });
      return failed(failure('certificate-changed', 'pbx.example', { fingerprint: 'AA' }));
    };
    const [id = 0] = await engine.add(engine.file('a', { content }, unknown));
    await engine.until(() => engine.accessLost.length > 0);
    expect(engine.accessLost).toEqual(['account-1: certificate-changed']);
    await engine.clock.advance(3_600_000);
    expect(asked).toBe(1);
    expect(engine.download(id)).toMatchObject({ state: 'waiting', needsSignIn: true, attempts: 0 });
    trusted = true;
    engine.manager.wake();
    await engine.reaches(id, 'done');
  });
});
