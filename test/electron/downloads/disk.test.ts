import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAgain } from '../../../electron/downloads/check-again.ts';
import type { FileSystem } from '../../../electron/downloads/file-system.ts';
import { csv, type Engine, md5, startEngine } from '../../fakes/download-engine.ts';
import { diskError, faultyFiles } from '../../fakes/faulty-files.ts';

let engine: Engine;
beforeEach(async () => {
  engine = await startEngine();
});
afterEach(async () => {
  await engine.close();
  expect(engine.bugs).toEqual([]);
});

const content = csv(300_000);

async function on(files: FileSystem): Promise<void> {
  engine.files = files;
  await engine.restart();
}

/** Lets time pass until the download of that id ends. */
async function ends(id: number) {
  await engine.until(async () => {
    await engine.clock.advance(1000);
    return ['done', 'failed', 'already-there'].includes(engine.download(id).state);
  });
  return engine.download(id);
}

describe('a full disk', () => {
  it('fails the download, keeps its part, and goes on with it when there is room', async () => {
    const large = csv(3_000_000);
    let full = false;
    await on(faultyFiles({ beforeWrite: () => (full ? diskError('ENOSPC', 'write') : null) }));
    engine.server.fail('/a.csv', { kind: 'drip', pieces: 10, everyMs: 1000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content: large }));
    const received = () => engine.store.row(id)?.received ?? 0;
    await engine.receives(id, 2_000_000);
    await engine.until(() => received() > 0);
    full = true;
    expect(await ends(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'disk-full', detail: 'ENOSPC' },
    });
    expect(await engine.names()).toEqual(['a.csv.cdrpart']);
    const safe = received();
    full = false;
    await engine.manager.retry([id]);
    expect((await ends(id)).state).toBe('done');
    expect(engine.server.requests[1]?.headers.range).toBe(`bytes=${safe}-`);
    expect((await engine.read('a.csv')).equals(large)).toBe(true);
  });
});

describe('a disk that can not make bytes safe', () => {
  it('fails the download, and is not believed about any of them later', async () => {
    let broken = true;
    await on(
      faultyFiles({
        before: (call) => (broken && call === 'datasync' ? diskError('EIO', 'fdatasync') : null),
      }),
    );
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect(await ends(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'disk-error', detail: 'EIO' },
    });
    expect(engine.store.row(id)).toMatchObject({ received: 0 });
    expect(await engine.names()).not.toContain('a.csv');
    broken = false;
    await engine.manager.retry([id]);
    expect(await ends(id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(engine.server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
    expect(await engine.read('a.csv')).toEqual(content);
  });
});

describe('records that can not be written', () => {
  it('fail the download as what it is, and it goes on when they can', async () => {
    const readOnly = (on: boolean) => engine.database.prepare(`PRAGMA query_only = ${on}`).get();
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    readOnly(true);
    engine.server.release();
    expect(await ends(id)).toMatchObject({ state: 'failed', failure: { code: 'no-permission' } });
    expect(await engine.names()).not.toContain('a.csv');
    readOnly(false);
    await engine.restart();
    expect(await ends(id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await engine.read('a.csv')).toEqual(content);
  });
});

describe('records that can not be written from the beginning', () => {
  const readOnly = (on: boolean) => engine.database.prepare(`PRAGMA query_only = ${on}`).get();

  /** Rows that wait, and how often a file was about to be asked for. */
  async function begin(...names: readonly string[]) {
    engine.signedIn = false;
    const ids = await engine.add(...names.map((name) => engine.file(name, { content })));
    readOnly(true);
    const tried: string[] = [];
    const { prepare } = engine.source;
    engine.source.prepare = (file, ...more) => {
      tried.push(file.name);
      return prepare(file, ...more);
    };
    engine.signedIn = true;
    return { ids, tried };
  }

  it('fail no more than what was under way, for a while', async () => {
    engine.atOnce = 1;
    const { ids, tried } = await begin('a.csv', 'b.csv');
    const [a = 0, b = 0] = ids;
    engine.manager.wake();
    await engine.reaches(a, 'failed');
    await engine.clock.advance(29_000);
    expect(engine.download(b)).toMatchObject({ state: 'waiting', failure: null });
    readOnly(false);
    expect(await ends(b)).toMatchObject({ state: 'done', attempts: 1 });
    expect(tried).toEqual(['a.csv', 'b.csv']);
  });

  it('have nothing tried over and over again, and go on when a person says so', async () => {
    const { ids, tried } = await begin('a.csv');
    const [id = 0] = ids;
    engine.manager.wake();
    expect(await ends(id)).toMatchObject({ state: 'failed', failure: { code: 'no-permission' } });
    await engine.clock.advance(60_000);
    expect(engine.download(id).state).toBe('failed');
    expect(tried).toEqual(['a.csv']);
    readOnly(false);
    await engine.manager.retry([id]);
    expect(await ends(id)).toMatchObject({ state: 'done', attempts: 1 });
  });

  it.each(['all', 'by name'])(
    'are no reason not to try again what they say is under way (%s)',
    async (how) => {
      engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
      const [id = 0] = await engine.add(engine.file('a.csv', { content }));
      await engine.receives(id, 100_000);
      readOnly(true);
      engine.server.release();
      expect((await ends(id)).state).toBe('failed');
      readOnly(false);
      await engine.manager.retry(how === 'all' ? 'all' : [id]);
      expect(await ends(id)).toMatchObject({ state: 'done', attempts: 2 });
      expect(await engine.names()).toEqual(['a.csv']);
    },
  );
});

describe('a folder', () => {
  it('that may not be written to fails the download at once', async () => {
    await on(faultyFiles({ before: (call) => (call === 'open' ? diskError('EACCES', 'open') : null) }));
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect(await ends(id)).toMatchObject({ state: 'failed', failure: { code: 'no-permission' } });
    expect(engine.server.requests).toEqual([]);
  });

  it('that is away for a time has its part continued when it is back', async () => {
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    const elsewhere = `${engine.folder} elsewhere`;
    await rename(engine.folder, elsewhere);
    await engine.manager.resume([id]);
    expect(await ends(id)).toMatchObject({ state: 'failed', failure: { code: 'folder-missing' } });
    await rename(elsewhere, engine.folder);
    await engine.manager.retry([id]);
    expect(await ends(id)).toMatchObject({ state: 'done', name: 'a.csv', attempts: 2 });
    expect(engine.server.requests[1]?.headers.range).toBe('bytes=100000-');
    expect(await engine.names()).toEqual(['a.csv']);
  });

  it('that disappears while downloading fails it, and nothing else', async () => {
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    await rm(engine.folder, { recursive: true });
    engine.server.release();
    expect(await ends(id)).toMatchObject({ state: 'failed', failure: { code: 'folder-missing' } });
  });
});

describe('the final name', () => {
  it('is waited for while another program holds the file', async () => {
    let busy = 5;
    await on(
      faultyFiles({
        before: (call) => {
          if (call !== 'link' && call !== 'rename') return null;
          busy -= 1;
          return busy > 0 ? diskError('EBUSY', call) : null;
        },
      }),
    );
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await ends(id)).state).toBe('done');
    expect(await engine.names()).toEqual(['a.csv']);
  });

  it('that stays out of reach fails the download, and needs no request later', async () => {
    let busy = true;
    await on(
      faultyFiles({
        before: (call) => (busy && (call === 'link' || call === 'rename') ? diskError('EPERM', call) : null),
      }),
    );
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect(await ends(id)).toMatchObject({ state: 'failed', failure: { code: 'file-busy' } });
    expect(await engine.names()).toEqual(['a.csv.cdrpart']);
    busy = false;
    await engine.manager.retry([id]);
    expect(await ends(id)).toMatchObject({ state: 'done', attempts: 1 });
    expect(await engine.read('a.csv')).toEqual(content);
  });

  it('does not need links', async () => {
    await on(faultyFiles({ before: (call) => (call === 'link' ? diskError('ENOTSUP', 'link') : null) }));
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.reaches(id, 'done');
    expect(await engine.names()).toEqual(['a.csv']);
  });

  it.each([true, false])('never replaces what came in between (links: %s)', async (links) => {
    await on(
      faultyFiles({ before: (call) => (call === 'link' && !links ? diskError('EPERM', 'link') : null) }),
    );
    engine.server.fail('/a.csv', { kind: 'stall', after: 100_000 });
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.receives(id, 100_000);
    await writeFile(join(engine.folder, 'a.csv'), 'of somebody else');
    engine.server.release();
    expect((await ends(id)).name).toBe('a (2).csv');
    expect(await engine.read('a.csv')).toEqual(Buffer.from('of somebody else'));
    expect(await engine.read('a (2).csv')).toEqual(content);
    expect(await engine.names()).toEqual(['a (2).csv', 'a.csv']);
  });

  it('is not the one whose part belongs to another program', async () => {
    await writeFile(join(engine.folder, 'a.csv.cdrpart'), 'of somebody else');
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    expect((await engine.reaches(id, 'done')).name).toBe('a (2).csv');
    expect(await engine.read('a.csv.cdrpart')).toEqual(Buffer.from('of somebody else'));
  });

  it('can be paused for while another program holds the file', async () => {
    let busy = true;
    await on(
      faultyFiles({
        before: (call) => (busy && (call === 'link' || call === 'rename') ? diskError('EBUSY', call) : null),
      }),
    );
    const [id = 0] = await engine.add(engine.file('a.csv', { content }));
    await engine.reaches(id, 'verifying');
    await engine.manager.pause([id]);
    await engine.reaches(id, 'paused');
    busy = false;
    await engine.manager.resume([id]);
    expect(await ends(id)).toMatchObject({ state: 'done', attempts: 1 });
  });
});

describe('the part of a cancelled download', () => {
  it('is deleted as soon as another program lets go of it', async () => {
    let busy = 4;
    await on(
      faultyFiles({
        before: (call) => {
          if (call !== 'unlink') return null;
          busy -= 1;
          return busy > 0 ? diskError('EBUSY', call) : null;
        },
      }),
    );
    const id = await engine.pausedAt(engine.file('a.csv', { content }), 100_000);
    await engine.manager.cancel([id]);
    await engine.until(async () => {
      await engine.clock.advance(100);
      return engine.store.row(id)?.partName === null;
    });
    expect(await engine.names()).toEqual([]);
  });
});

describe('the part of a cancelled download that the list is cleared of', () => {
  it('is deleted all the same', async () => {
    let busy = true;
    await on(
      faultyFiles({
        before: (call) => (busy && call === 'unlink' ? diskError('EBUSY', 'unlink') : null),
      }),
    );
    // More than are deleted at a time.
    const ids: number[] = [];
    for (let n = 0; n < 10; n++) {
      ids.push(await engine.pausedAt(engine.file(`${n}.csv`, { content: csv(1000) }), 500));
    }
    await engine.manager.cancel('all');
    await engine.manager.clearFinished();
    busy = false;
    await engine.until(async () => {
      await engine.clock.advance(100);
      return (await engine.names()).length === 0;
    });
    await engine.until(() => engine.store.withPartToRemove().length === 0);
    await engine.manager.clearFinished();
    expect(engine.manager.list().downloads).toEqual([]);
  });
});

describe('checking again', () => {
  const check = (found: string | null) => checkAgain({ path: join(engine.folder, 'a.csv'), md5: found });

  it('tells the same bytes from changed ones', async () => {
    await writeFile(join(engine.folder, 'a.csv'), content);
    expect(await check(md5(content))).toBe('same');
    expect(await check(md5(csv(10)))).toBe('changed');
    expect(await check(null)).toBe('changed');
  });

  it('tells a missing file from an unreadable one', async () => {
    expect(await check(md5(content))).toBe('missing');
    const files = faultyFiles({ before: () => diskError('EACCES', 'open') });
    expect(await checkAgain({ path: join(engine.folder, 'a.csv'), md5: '' }, files)).toBe('unreadable');
    expect(await checkAgain({ path: engine.folder, md5: '' })).toBe('unreadable');
  });
});
