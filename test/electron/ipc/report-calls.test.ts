import { describe, expect, it, vi } from 'vitest';
import { type AccountManager, createAccountManager } from '../../../electron/accounts/account-manager.ts';
import { failure } from '../../../electron/contract/failure.ts';
import type { FindProgress, FoundFiles } from '../../../electron/contract/report.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import { reportCalls } from '../../../electron/ipc/report-calls.ts';
import type { Page } from '../../../electron/providers/provider.ts';
import { createListings } from '../../../electron/reports/listings.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { listed } from '../../fakes/listed-file.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';
import { whole } from '../reports/scripted-session.ts';

const typed = { provider: 'fake', serverAddress: 'https://fake.example/api', keep: false };
const search = (findId: string) => ({ findId, reportId: 'files', criteria: {} });

async function setUp() {
  const clock = createFakeClock();
  const fake = createFakeProvider();
  const listings = createListings({ mostFiles: 100 });
  const progress: FindProgress[] = [];
  const accounts: AccountManager = createAccountManager({
    providers: [fake.provider],
    vault: createMemoryVault(),
    settings: createSettings({ store: { get: () => undefined, set: () => {} } }),
    clock,
    openHttp: () => ({
      exchange: async () => failed(failure('unexpected', 'not used')),
      stream: async () => failed(failure('unexpected', 'not used')),
      close: async () => {},
    }),
    onChange: () => {},
  });
  const calls = reportCalls({
    accounts,
    listings,
    clock,
    random: () => 0,
    onProgress: (now) => progress.push(now),
  });
  const signIn = (name: string) => accounts.signIn({ ...typed, fields: { name, password: 'p' } });
  await signIn('acme');
  return { accounts, calls, clock, fake, listings, progress, signIn };
}

/** A list of one page more for each call, up to `most`. */
function pages(most: number): () => Result<Page> {
  let page = 0;
  return () => {
    page += 1;
    return ok({ files: [listed(`f${page}`)], next: page < most ? String(page) : null, announced: most });
  };
}

const foundIn = (answer: Result<FoundFiles>): FoundFiles => {
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
};

describe('finding, as the window asks for it', () => {
  it('answers signed-out to whoever is not signed in', async () => {
    const { accounts, calls } = await setUp();
    await accounts.signOut();
    const signedOut = { ok: false, failure: { code: 'signed-out' } };
    expect(calls.list()).toMatchObject(signedOut);
    expect(await calls.lookup({ reportId: 'files', fieldId: 'site' })).toMatchObject(signedOut);
    expect(await calls.find(search('1'))).toMatchObject(signedOut);
  });

  it('knows no reports but those of the system', async () => {
    const { calls } = await setUp();
    expect(await calls.find({ ...search('1'), reportId: 'other' })).toMatchObject({
      failure: { code: 'bad-input' },
    });
  });

  it('keeps what it finds for the account that asked, also when another has signed in by then', async () => {
    const { accounts, calls, fake, listings, signIn } = await setUp();
    const acme = accounts.current()?.key ?? '';
    fake.listAnswers(whole(listed('a')));
    const found = await calls.find(search('1'));
    await signIn('second');
    const { listingId } = foundIn(found);
    expect(listings.take(acme, listingId, ['a']).ok).toBe(true);
    expect(listings.take(accounts.current()?.key ?? '', listingId, ['a'])).toMatchObject({
      failure: { code: 'listing-gone' },
    });
  });

  it('tells of progress at once, and then at most ten times a second', async () => {
    const { calls, clock, fake, progress } = await setUp();
    const next = pages(50);
    fake.listAnswersWith(async () => {
      await clock.advance(20);
      return next();
    });
    foundIn(await calls.find(search('1')));
    expect(progress[0]).toMatchObject({ findId: '1', found: 1 });
    expect(progress.length).toBeGreaterThan(5);
    expect(progress.length).toBeLessThanOrEqual(11);
  });

  it('can be cancelled by its id, and by no other', async () => {
    const { calls, fake } = await setUp();
    const waiting: ((page: Result<Page>) => void)[] = [];
    fake.listAnswersWith(
      () =>
        new Promise((resolve) => {
          waiting.push(resolve);
        }),
    );
    const running = calls.find(search('1'));
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(calls.cancelFind({ findId: '2' })).toEqual({ ok: true, value: null });
    expect(calls.cancelFind({ findId: '1' })).toEqual({ ok: true, value: null });
    waiting[0]?.(whole(listed('a')));
    expect(await running).toMatchObject({ failure: { code: 'cancelled' } });
  });
});
