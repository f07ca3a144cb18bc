import { describe, expect, it } from 'vitest';
import type { Account } from '../../../electron/accounts/account.ts';
import { accountSource } from '../../../electron/accounts/account-source.ts';
import { toReference } from '../../../electron/accounts/file-reference.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { listed } from '../../fakes/listed-file.ts';

const noHttp: HttpClient = {
  exchange: async () => failed(failure('unexpected', 'not used')),
  stream: async () => failed(failure('unexpected', 'not used')),
  close: async () => {},
};

function signedIn() {
  const fake = createFakeProvider();
  const serverAddress = 'https://fake.example/api';
  const account: Account = {
    key: 'fake|acme',
    provider: fake.provider,
    name: 'acme',
    serverAddress,
    demo: false,
    session: fake.provider.openSession({ serverAddress, fields: {}, http: noHttp, clock: createFakeClock() }),
    http: noHttp,
    kept: false,
    notKept: null,
  };
  return { account, fake };
}

describe('a file that is found again', () => {
  it('has a new link, and keeps the words and the period that it was asked for with', async () => {
    const { account, fake } = signedIn();
    fake.listAnswersWith(async () =>
      ok({ files: [listed('a', { link: 'https://fake.example/new' })], next: null, announced: 1 }),
    );
    const reference = toReference(account, {
      file: listed('a'),
      question: { reportId: 'files', criteria: { period: { from: '2026-10-02', to: '2026-10-05' } } },
      title: 'Files, as asked',
      period: '2026-10-01/2026-10-31',
    });
    if (!reference) throw new Error('a file with a link has a reference');
    const again = await accountSource(account).findAgain(reference, new AbortController().signal);
    expect(again).toEqual(ok({ ...reference, link: 'https://fake.example/new' }));
  });
});
