import { describe, expect, it } from 'vitest';
import {
  type AccountManagerOptions,
  createAccountManager,
} from '../../../electron/accounts/account-manager.ts';
import type { AccountState } from '../../../electron/contract/account.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';

const address = 'https://fake.example/api';
const typed = { provider: 'fake', fields: { name: 'acme', password: 'secret-1' }, serverAddress: address };

function createWorld(
  options: { vault?: ReturnType<typeof createMemoryVault>; stored?: Map<string, unknown> } = {},
) {
  const fake = createFakeProvider();
  const vault = options.vault ?? createMemoryVault();
  const stored = options.stored ?? new Map<string, unknown>();
  const settings = createSettings({
    store: { get: (key) => stored.get(key), set: (key, value) => void stored.set(key, value) },
  });
  const states: AccountState[] = [];
  let openClients = 0;
  let sampleRunning = false;

  const openHttp: AccountManagerOptions['openHttp'] = () => {
    openClients += 1;
    const client: HttpClient = {
      exchange: async () => failed(failure('unexpected', 'not used')),
      stream: async () => failed(failure('unexpected', 'not used')),
      async close() {
        openClients -= 1;
      },
    };
    return client;
  };

  const accounts = createAccountManager({
    providers: [fake.provider],
    vault,
    settings,
    clock: createFakeClock(),
    openHttp,
    async startSampleService() {
      sampleRunning = true;
      return {
        provider: 'fake',
        fields: { name: 'sample', password: 'sample' },
        serverAddress: 'https://sample.example',
        async close() {
          sampleRunning = false;
        },
      };
    },
    onChange: (state) => states.push(state),
  });

  return {
    accounts,
    fake,
    vault,
    stored,
    settings,
    states,
    get openClients() {
      return openClients;
    },
    get sampleRunning() {
      return sampleRunning;
    },
  };
}

describe('signing in', () => {
  it('opens a session with what was typed, and tells who is signed in without a secret', async () => {
    const { accounts, fake, states } = createWorld();
    const answer = await accounts.signIn({ ...typed, keep: false });
    expect(answer).toMatchObject({ ok: true, value: { status: 'signed-in', accountName: 'acme' } });
    expect(fake.opened[0]).toMatchObject({ serverAddress: address, fields: typed.fields });
    expect(JSON.stringify(states)).not.toContain('secret-1');
    expect(accounts.current()?.key).toBe(`fake|${address}|acme`);
  });

  it('leaves everything as it was when the service refuses, and closes its connections', async () => {
    const world = createWorld();
    world.fake.refuseSignIn();
    const answer = await world.accounts.signIn({ ...typed, keep: true });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'sign-in-refused' } });
    expect(world.accounts.state()).toEqual({ status: 'signed-out', failure: null });
    expect(world.vault.kept.size).toBe(0);
    expect(world.openClients).toBe(0);
    expect(world.settings.get().lastAccountName).toBeNull();
  });

  it('sends no password to an address that the provider refuses', async () => {
    const { accounts, fake } = createWorld();
    const answer = await accounts.signIn({ ...typed, serverAddress: 'http://elsewhere', keep: false });
    expect(answer).toMatchObject({ failure: { code: 'bad-address' } });
    expect(fake.opened).toEqual([]);
  });

  it('is ended by a newer sign-in, whose account then is the one', async () => {
    const { accounts, fake, states } = createWorld();
    let letFirstIn = () => {};
    fake.signInAnswers(
      () =>
        new Promise((resolve) => {
          letFirstIn = () => resolve(ok(null));
        }),
    );
    const first = accounts.signIn({ ...typed, keep: false });
    fake.signInAnswers(async () => ok(null));
    await accounts.signIn({ ...typed, fields: { name: 'second', password: 'p' }, keep: false });
    letFirstIn();
    expect(await first).toMatchObject({ failure: { code: 'cancelled' } });
    expect(accounts.current()?.name).toBe('second');
    expect(states.at(-1)).toMatchObject({ accountName: 'second' });
  });

  it('closes the connections of the account before', async () => {
    const world = createWorld();
    await world.accounts.signIn({ ...typed, keep: false });
    await world.accounts.signIn({ ...typed, keep: false });
    expect(world.openClients).toBe(1);
  });
});

describe('keeping the password', () => {
  it('keeps it only when asked', async () => {
    const { accounts, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    expect(vault.kept.size).toBe(0);
    await accounts.signIn({ ...typed, keep: true });
    expect([...vault.kept.values()]).toEqual([typed.fields]);
    expect(accounts.state()).toMatchObject({ kept: true, notKept: null });
  });

  it('says why it was not kept on a computer without encryption, and signs in all the same', async () => {
    const { accounts } = createWorld({ vault: createMemoryVault({ available: false }) });
    await accounts.signIn({ ...typed, keep: true });
    expect(accounts.state()).toMatchObject({
      status: 'signed-in',
      kept: false,
      notKept: { code: 'no-secure-storage' },
    });
  });

  it('is signed in after a restart without a request, from what was kept', async () => {
    const before = createWorld();
    await before.accounts.signIn({ ...typed, keep: true });
    const after = createWorld({ vault: before.vault, stored: before.stored });
    let asked = 0;
    after.fake.signInAnswers(async () => {
      asked += 1;
      return ok(null);
    });
    await after.accounts.restore();
    expect(after.accounts.state()).toMatchObject({ status: 'signed-in', accountName: 'acme', kept: true });
    expect(asked).toBe(0);
  });

  it('is signed out after a restart when nothing was kept', async () => {
    const before = createWorld();
    await before.accounts.signIn({ ...typed, keep: false });
    const after = createWorld({ vault: before.vault, stored: before.stored });
    await after.accounts.restore();
    expect(after.accounts.state().status).toBe('signed-out');
  });

  it('is forgotten on signing out and on switching it off', async () => {
    const { accounts, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.setKeep(false);
    expect(vault.kept.size).toBe(0);
    await accounts.setKeep(true);
    expect(vault.kept.size).toBe(1);
    await accounts.signOut();
    expect(vault.kept.size).toBe(0);
    expect(accounts.current()).toBeNull();
  });
});

describe('losing the access', () => {
  it('goes back to signed out with the reason, and forgets a password that is refused', async () => {
    const { accounts, fake, vault, states } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    fake.listAnswers(failed(failure('sign-in-refused', 'status 401')));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(states.at(-1)).toMatchObject({ status: 'signed-out', failure: { code: 'sign-in-refused' } });
    expect(vault.kept.size).toBe(0);
  });

  it('is not caused by any other failure', async () => {
    const { accounts, fake } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    fake.listAnswers(failed(failure('service-down', 'status 503')));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(accounts.state().status).toBe('signed-in');
  });

  it('of an account that is no longer signed in changes nothing', async () => {
    const { accounts, fake } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    const old = accounts.current()?.session;
    await accounts.signIn({ ...typed, fields: { name: 'second', password: 'p' }, keep: false });
    fake.listAnswers(failed(failure('access-lost', 'status 401')));
    await old?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(accounts.current()?.name).toBe('second');
  });
});

describe('the sample data', () => {
  it('starts its service, and stops it on signing out', async () => {
    const world = createWorld();
    await world.accounts.startDemo();
    expect(world.accounts.state()).toMatchObject({ demo: true, accountName: 'sample' });
    expect(world.sampleRunning).toBe(true);
    await world.accounts.signOut();
    expect(world.sampleRunning).toBe(false);
  });

  it('has the same key at every start, whatever port it listens on', async () => {
    const { accounts } = createWorld();
    await accounts.startDemo();
    expect(accounts.current()?.key).toBe('demo');
  });

  it('leaves what is kept of the real account alone', async () => {
    const { accounts, vault, settings } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.startDemo();
    await accounts.setKeep(true);
    await accounts.signOut();
    expect(vault.kept.size).toBe(1);
    expect(settings.get()).toMatchObject({ keepSignedIn: true, lastAccountName: 'acme' });
  });
});
