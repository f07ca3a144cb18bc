import { access, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../electron/accounts/account.ts';
import { type Failure, failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import type { FileReference } from '../../../electron/downloads/file-source.ts';
import { downloadCalls } from '../../../electron/ipc/download-calls.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import type { FoundEntry } from '../../../electron/reports/find-report.ts';
import { totalsOf } from '../../fakes/fake-bridge.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { listed as listedFile } from '../../fakes/listed-file.ts';

const noHttp: HttpClient = {
  exchange: async () => failed(failure('unexpected', 'not used')),
  stream: async () => failed(failure('unexpected', 'not used')),
  close: async () => {},
};

const entry = (id: string, link: string | null): FoundEntry => ({
  file: listedFile(id, { downloadable: link !== null, link }),
  question: { reportId: 'files', criteria: {} },
  title: 'Files, as asked',
  period: '2026-10-01/2026-10-31',
});

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'cdr-add-')), 'not', 'yet');
});

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The calls over a queue that only notes what it was given. */
function createWorld({ signedIn = true, standardFolder = folder, leaveManifest = false } = {}) {
  const { provider } = createFakeProvider();
  const session = provider.openSession({
    serverAddress: 'https://fake.example/api',
    fields: {},
    http: noHttp,
    clock: createFakeClock(),
  });
  const account: Account = {
    key: 'fake|acme',
    provider,
    name: 'acme',
    serverAddress: 'https://fake.example/api',
    demo: false,
    session,
    http: noHttp,
    kept: false,
    notKept: null,
  };
  const queued: { references: readonly FileReference[]; folder: string; manifest: boolean | undefined }[] =
    [];
  const listed: (number | null | undefined)[] = [];
  const startedNow: (readonly number[])[] = [];
  let noRoom: Failure | null = null;
  const calls = downloadCalls({
    accounts: { current: () => (signedIn ? account : null) },
    listings: {
      take: (_account, _listing, ids) =>
        ok(ids.map((id) => entry(id, id === 'linkless' ? null : `https://x/${id}`))),
    },
    downloads: {
      async add(references, target, { manifest } = {}) {
        if (noRoom) return failed(noRoom);
        queued.push({ references, folder: target, manifest });
        return ok({ added: references.length, alreadyQueued: 0, ids: references.map((_, place) => place) });
      },
      async pause() {},
      async resume() {},
      async cancel() {},
      async retry() {},
      async startNow(ids) {
        startedNow.push(ids);
      },
      async clearFinished() {},
      list(after) {
        listed.push(after);
        return { order: 1, downloads: [], next: null, totals: totalsOf([]), hold: null };
      },
      pathOf: () => null,
      wake() {},
      interrupt() {},
      stop: async () => {},
    },
    leaveManifest: () => leaveManifest,
    showInFolder: async () => ok(null),
    standardFolder,
  });
  const fillDisk = (why: Failure) => {
    noRoom = why;
  };
  return { calls, queued, listed, startedNow, fillDisk };
}

describe('adding found files to the queue', () => {
  it('hands on what was listed, with its link and the report in words', async () => {
    const { calls, queued } = createWorld();
    expect(await calls.add({ listingId: 'l', fileIds: ['a', 'b'], folder })).toEqual(
      ok({ added: 2, alreadyQueued: 0 }),
    );
    expect(queued[0]?.references[0]).toMatchObject({
      accountKey: 'fake|acme',
      fileId: 'a',
      link: 'https://x/a',
      reportTitle: 'Files, as asked',
      period: '2026-10-01/2026-10-31',
    });
  });

  it('leaves out a file that was listed without a link', async () => {
    const { calls, queued } = createWorld();
    await calls.add({ listingId: 'l', fileIds: ['linkless', 'b'], folder });
    expect(queued[0]?.references.map(({ fileId }) => fileId)).toEqual(['b']);
  });

  it('leaves a manifest if that is set', async () => {
    for (const leaveManifest of [true, false]) {
      const { calls, queued } = createWorld({ leaveManifest });
      await calls.add({ listingId: 'l', fileIds: ['a'], folder });
      expect(queued[0]?.manifest).toBe(leaveManifest);
    }
  });

  it('tells when there is no room for them', async () => {
    const { calls, fillDisk } = createWorld();
    fillDisk(failure('no-room', 'needs 4.2 GB, 1.1 GB free'));
    expect(await calls.add({ listingId: 'l', fileIds: ['a'], folder })).toMatchObject({
      ok: false,
      failure: { code: 'no-room' },
    });
  });

  it('makes the standard folder when it is not there yet', async () => {
    const { calls } = createWorld();
    await calls.add({ listingId: 'l', fileIds: ['a'], folder });
    expect(await isThere(folder)).toBe(true);
  });

  it('makes no folder that a person chose: it may be on a drive that is not there', async () => {
    const { calls, queued } = createWorld({ standardFolder: '/elsewhere' });
    await calls.add({ listingId: 'l', fileIds: ['a'], folder });
    expect(await isThere(folder)).toBe(false);
    expect(queued).toHaveLength(1);
  });

  it('takes a whole path only: where another leads depends on where the program was started', async () => {
    const { calls, queued } = createWorld();
    for (const path of ['.', 'reports', '../up']) {
      expect(await calls.add({ listingId: 'l', fileIds: ['a'], folder: path })).toMatchObject({
        failure: { code: 'bad-input' },
      });
    }
    expect(queued).toEqual([]);
  });

  it('is refused while nobody is signed in', async () => {
    const { calls, queued } = createWorld({ signedIn: false });
    expect(await calls.add({ listingId: 'l', fileIds: ['a'], folder })).toMatchObject({
      failure: { code: 'signed-out' },
    });
    expect(queued).toEqual([]);
  });
});

describe('the other calls', () => {
  it('hand on which page is asked for, and what is to be started now', async () => {
    const { calls, listed, startedNow } = createWorld();
    expect(await calls.list({ after: 5 })).toMatchObject({ ok: true, value: { next: null } });
    expect(await calls.startNow([3, 1])).toEqual(ok(null));
    expect(listed).toEqual([5]);
    expect(startedNow).toEqual([[3, 1]]);
  });
});
