import { access, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../electron/accounts/account.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import type { FileReference } from '../../../electron/downloads/file-source.ts';
import { downloadCalls } from '../../../electron/ipc/download-calls.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import type { FoundEntry } from '../../../electron/reports/find-report.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { listed } from '../../fakes/listed-file.ts';

const noHttp: HttpClient = {
  exchange: async () => failed(failure('unexpected', 'not used')),
  stream: async () => failed(failure('unexpected', 'not used')),
  close: async () => {},
};

const entry = (id: string, link: string | null): FoundEntry => ({
  file: listed(id, { downloadable: link !== null, link }),
  question: { reportId: 'files', criteria: {} },
  title: 'Files, as asked',
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
function createWorld({ signedIn = true, standardFolder = folder } = {}) {
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
  const queued: { references: readonly FileReference[]; folder: string }[] = [];
  const calls = downloadCalls({
    accounts: { current: () => (signedIn ? account : null) },
    listings: {
      take: (_account, _listing, ids) =>
        ok(ids.map((id) => entry(id, id === 'linkless' ? null : `https://x/${id}`))),
    },
    downloads: {
      add(references, target) {
        queued.push({ references, folder: target });
        return { added: references.length, alreadyQueued: 0 };
      },
      pause() {},
      resume() {},
      cancel() {},
      retry() {},
      clearFinished() {},
      list: () => {
        throw new Error('not used');
      },
      pathOf: () => null,
      wake() {},
      stop: async () => {},
    },
    showInFolder: async () => ok(null),
    standardFolder,
  });
  return { calls, queued };
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
    });
  });

  it('leaves out a file that was listed without a link', async () => {
    const { calls, queued } = createWorld();
    await calls.add({ listingId: 'l', fileIds: ['linkless', 'b'], folder });
    expect(queued[0]?.references.map(({ fileId }) => fileId)).toEqual(['b']);
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
