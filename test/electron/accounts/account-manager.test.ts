import { describe, expect, it, vi } from 'vitest';
import { newestSecretsKey } from '../../../electron/accounts/account.ts';
import {
  type AccountManagerOptions,
  createAccountManager,
} from '../../../electron/accounts/account-manager.ts';
import { type AccountState, currentAccount } from '../../../electron/contract/account.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import type { Provider } from '../../../electron/providers/provider.ts';
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
  let samplesRunning = 0;
  let whileClosing = async () => {};

  const openHttp: AccountManagerOptions['openHttp'] = () => {
    openClients += 1;
    const client: HttpClient = {
      exchange: async () => failed(failure('unexpected', 'not used')),
      stream: async () => failed(failure('unexpected', 'not used')),
      async close() {
        openClients -= 1;
        await whileClosing();
      },
    };
    return client;
  };

  const startSample: NonNullable<Provider['startSample']> = async () => {
    samplesRunning += 1;
    return {
      fields: { name: 'sample', password: 'sample' },
      serverAddress: 'https://sample.example',
      async close() {
        samplesRunning -= 1;
      },
    };
  };

  const accounts = createAccountManager({
    providers: [{ ...fake.provider, startSample }],
    vault,
    settings,
    clock: createFakeClock(),
    openHttp,
    onChange: (state) => states.push(state),
  });

  return {
    accounts,
    /** The account that the screens are about, as they see it. */
    shown: () => currentAccount(accounts.state()),
    fake,
    vault,
    stored,
    settings,
    states,
    get openClients() {
      return openClients;
    },
    get samplesRunning() {
      return samplesRunning;
    },
    /** What closing an account's connections does besides. */
    onClosing(work: () => Promise<void>) {
      whileClosing = work;
    },
  };
}

/** A vault whose "keep" takes until it is told to finish. */
function slowVault() {
  const memory = createMemoryVault();
  let finishKeeping = () => {};
  const finished = new Promise<void>((resolve) => {
    finishKeeping = resolve;
  });
  const keep: typeof memory.keep = async (...input) => {
    await finished;
    return memory.keep(...input);
  };
  return { vault: { ...memory, keep }, finishKeeping };
}

const cannotForget = async () => failed(failure('disk-error', 'secrets: ENOSPC'));

describe('a secret that was left empty', () => {
  const { password: _password, ...named } = typed.fields;
  const again = { ...typed, fields: named, keep: true };

  it('is the kept one of the same account', async () => {
    const { accounts, fake, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    expect(await accounts.signIn(again)).toMatchObject({ ok: true });
    expect(fake.opened.at(-1)?.fields).toEqual(typed.fields);
    expect([...vault.kept.values()]).toEqual([typed.fields]);
  });

  it('is empty where none is kept for this account', async () => {
    const { accounts, fake } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.signIn({ ...again, fields: { name: 'second' } });
    expect(fake.opened.at(-1)?.fields).toEqual({ name: 'second' });
  });

  it('ends the sign-in before it begins where the kept one can’t be read', async () => {
    const memory = createMemoryVault();
    const { accounts, fake } = createWorld({ vault: { ...memory, recall: async () => null } });
    await accounts.signIn({ ...typed, keep: true });
    expect(await accounts.signIn(again)).toMatchObject({ failure: { code: 'nothing-kept' } });
    expect(fake.opened).toHaveLength(1);
  });

  it('is waited for no longer than until another sign-in begins', async () => {
    const memory = createMemoryVault();
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const recall: typeof memory.recall = async (key) => {
      await opened;
      return memory.recall(key);
    };
    const { accounts, fake } = createWorld({ vault: { ...memory, recall } });
    await accounts.signIn({ ...typed, keep: true });
    const waiting = accounts.signIn(again);
    accounts.cancelSignIn();
    open();
    expect(await waiting).toMatchObject({ failure: { code: 'cancelled' } });
    expect(fake.opened).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('opens a session with what was typed, and tells who is signed in without a secret', async () => {
    const { accounts, fake, states } = createWorld();
    const answer = await accounts.signIn({ ...typed, keep: false });
    expect(answer).toMatchObject({
      ok: true,
      value: { accounts: [{ status: 'signed-in', accountName: 'acme' }], current: `fake|${address}|acme` },
    });
    expect(fake.opened[0]).toMatchObject({ serverAddress: address, fields: typed.fields });
    expect(JSON.stringify(states)).not.toContain('secret-1');
    expect(accounts.current()?.key).toBe(`fake|${address}|acme`);
  });

  it('leaves everything as it was when the service refuses, and closes its connections', async () => {
    const world = createWorld();
    world.fake.refuseSignIn();
    const answer = await world.accounts.signIn({ ...typed, keep: true });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'sign-in-refused' } });
    expect(world.accounts.state()).toEqual({ accounts: [], current: null, failure: null });
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
    expect(states.at(-1)).toMatchObject({ current: `fake|${address}|second` });
  });

  it('again closes the connections of the session before', async () => {
    const world = createWorld();
    await world.accounts.signIn({ ...typed, keep: false });
    await world.accounts.signIn({ ...typed, keep: false });
    expect(world.openClients).toBe(1);
  });

  it('succeeds although something of the session before will not close', async () => {
    const world = createWorld();
    await world.accounts.signIn({ ...typed, keep: false });
    world.onClosing(() => Promise.reject(new Error('stuck')));
    expect(await world.accounts.signIn({ ...typed, keep: false })).toMatchObject({ ok: true });
  });

  it('leaves nothing behind when signing out comes while the session before is being closed', async () => {
    const world = createWorld();
    await world.accounts.signIn({ ...typed, keep: false });
    let letClose = () => {};
    const closed = new Promise<void>((resolve) => {
      letClose = resolve;
    });
    world.onClosing(() => closed);
    const before = world.accounts.current()?.session;
    const second = world.accounts.signIn({ ...typed, keep: true });
    await vi.waitFor(() => expect(world.accounts.current()?.session).not.toBe(before));
    const out = world.accounts.signOut();
    letClose();
    expect(await second).toMatchObject({ ok: true, value: { current: null } });
    await out;
    expect(world.vault.kept.size).toBe(0);
    expect(world.settings.get()).toMatchObject({ keepSignedIn: false, lastAccountName: 'acme' });
  });

  it('that is under way is ended by signing out', async () => {
    const world = createWorld();
    let letIn = () => {};
    world.fake.signInAnswers(
      () =>
        new Promise((resolve) => {
          letIn = () => resolve(ok(null));
        }),
    );
    const signingIn = world.accounts.signIn({ ...typed, keep: true });
    await world.accounts.signOut();
    letIn();
    expect(await signingIn).toMatchObject({ failure: { code: 'cancelled' } });
    expect(world.accounts.current()).toBeNull();
    expect(world.openClients).toBe(0);
    expect(world.vault.kept.size).toBe(0);
  });
});

describe('keeping the password', () => {
  it('ends with signing out, also for what the command line was given for the account', async () => {
    const { accounts, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    const key = accounts.state().current ?? '';
    await vault.keep(newestSecretsKey(key), { token: 'newer' });
    await accounts.signOut();
    expect(vault.kept.size).toBe(0);
  });

  it('keeps it only when asked', async () => {
    const { accounts, vault, shown } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    expect(vault.kept.size).toBe(0);
    await accounts.signIn({ ...typed, keep: true });
    expect([...vault.kept.values()]).toEqual([typed.fields]);
    expect(shown()).toMatchObject({ kept: true, notKept: null });
  });

  it('says why it was not kept on a computer without encryption, and signs in all the same', async () => {
    const { accounts, shown } = createWorld({ vault: createMemoryVault({ available: false }) });
    await accounts.signIn({ ...typed, keep: true });
    expect(shown()).toMatchObject({
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
    expect(after.shown()).toMatchObject({ status: 'signed-in', accountName: 'acme', kept: true });
    expect(asked).toBe(0);
  });

  it('is signed out after a restart when nothing was kept', async () => {
    const before = createWorld();
    await before.accounts.signIn({ ...typed, keep: false });
    const after = createWorld({ vault: before.vault, stored: before.stored });
    await after.accounts.restore();
    expect(after.accounts.state()).toMatchObject({ current: null, accounts: [{ status: 'signed-out' }] });
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

  it('is forgotten on signing out, however long keeping it takes', async () => {
    const { vault, finishKeeping } = slowVault();
    const { accounts } = createWorld({ vault });
    await accounts.signIn({ ...typed, keep: false });
    const keeping = accounts.setKeep(true);
    const out = accounts.signOut();
    expect(accounts.state().current).toBeNull();
    finishKeeping();
    await Promise.all([keeping, out]);
    expect(vault.kept.size).toBe(0);
  });

  it('follows the last wish when wishes come quickly', async () => {
    const { vault, finishKeeping } = slowVault();
    const { accounts, shown } = createWorld({ vault });
    await accounts.signIn({ ...typed, keep: false });
    const wishes = [accounts.setKeep(true), accounts.setKeep(false)];
    finishKeeping();
    await Promise.all(wishes);
    expect(vault.kept.size).toBe(0);
    expect(shown()).toMatchObject({ kept: false, notKept: null });
  });

  it('is forgotten as wished, also when somebody else is signed in by then', async () => {
    const { vault, finishKeeping } = slowVault();
    const { accounts, shown } = createWorld({ vault });
    await accounts.signIn({ ...typed, keep: false });
    const wishes = [accounts.setKeep(true), accounts.setKeep(false)];
    await accounts.startDemo();
    finishKeeping();
    await Promise.all(wishes);
    expect(vault.kept.size).toBe(0);
    expect(shown()).toMatchObject({ demo: true });
  });

  it('of one account is no matter of the others', async () => {
    const { accounts, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.signIn({ ...typed, fields: { name: 'second', password: 'p' }, keep: false });
    expect([...vault.kept.keys()]).toEqual([`fake|${address}|acme`]);
    await accounts.signOut(`fake|${address}|second`);
    expect(vault.kept.size).toBe(1);
    await accounts.forget(`fake|${address}|acme`);
    expect(vault.kept.size).toBe(0);
    expect(accounts.state().accounts).toMatchObject([{ accountName: 'second', status: 'signed-out' }]);
  });

  it('stays the wish of the person when one of two accounts that are kept is signed out', async () => {
    const { accounts, settings } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.signIn({ ...typed, fields: { name: 'second', password: 'p' }, keep: true });
    await accounts.signOut(`fake|${address}|second`);
    expect(settings.get().keepSignedIn).toBe(true);
    await accounts.signOut(`fake|${address}|acme`);
    expect(settings.get().keepSignedIn).toBe(false);
  });

  it('is forgotten when it is switched off in the sample data or by nobody', async () => {
    const { accounts, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.startDemo();
    await accounts.setKeep(false);
    expect(vault.kept.size).toBe(0);
    await accounts.signOut();
    expect(await accounts.setKeep(false)).toMatchObject({ ok: true });
  });

  it('that cannot be removed is told of, and the person is signed out all the same', async () => {
    const vault = createMemoryVault();
    const { accounts } = createWorld({ vault: { ...vault, forget: cannotForget } });
    await accounts.signIn({ ...typed, keep: true });
    expect(await accounts.setKeep(false)).toMatchObject({ failure: { code: 'disk-error' } });
    expect(await accounts.signOut()).toMatchObject({ failure: { code: 'disk-error' } });
    expect(accounts.state()).toMatchObject({ current: null, failure: null });
  });

  it('does not bring back an account once somebody has signed in', async () => {
    const before = createWorld();
    await before.accounts.signIn({ ...typed, keep: true });
    let unlock = () => {};
    const locked = new Promise<void>((resolve) => {
      unlock = resolve;
    });
    const recall: typeof before.vault.recall = async (key) => {
      await locked;
      return before.vault.recall(key);
    };
    const after = createWorld({ vault: { ...before.vault, recall }, stored: before.stored });
    const restoring = after.accounts.restore();
    await after.accounts.startDemo();
    unlock();
    await restoring;
    expect(after.shown()).toMatchObject({ demo: true });
  });
});

describe('losing the access', () => {
  it('goes back to signed out with the reason, and forgets a password that is refused', async () => {
    const { accounts, fake, vault, states } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    fake.listAnswers(failed(failure('sign-in-refused', 'status 401')));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(states.at(-1)).toMatchObject({ current: null, failure: { code: 'sign-in-refused' } });
    await vi.waitFor(() => expect(vault.kept.size).toBe(0));
  });

  it('leaves a newer secret that another program has kept since, for the next start', async () => {
    const { accounts, fake, vault, stored } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    const [key = ''] = vault.kept.keys();
    await vault.keep(key, { ...typed.fields, password: 'newer' });
    fake.listAnswers(failed(failure('sign-in-refused', 'status 401')));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    await vi.waitFor(() => expect(accounts.current()).toBeNull());
    const next = createWorld({ vault, stored });
    await next.accounts.restore();
    expect(next.fake.opened.at(-1)?.fields).toMatchObject({ password: 'newer' });
  });

  it('is what another certificate than the trusted one means, until somebody has looked at it', async () => {
    const { accounts, fake, states, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    const changed = failure('certificate-changed', 'pbx.example', { fingerprint: 'AA' });
    fake.listAnswers(failed(changed));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(states.at(-1)).toMatchObject({ current: null, failure: changed });
    expect(vault.kept.size).toBe(1);
  });

  it('is not caused by any other failure', async () => {
    const { accounts, fake, shown } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    fake.listAnswers(failed(failure('service-down', 'status 503')));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(shown()?.status).toBe('signed-in');
  });

  it('of an account that is no longer signed in changes nothing', async () => {
    const { accounts, fake } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    const old = accounts.current()?.session;
    await accounts.signIn({ ...typed, fields: { name: 'second', password: 'p' }, keep: false });
    fake.listAnswers(failed(failure('sign-in-refused', 'status 401')));
    await old?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    accounts.loseAccess(`fake|${address}|acme`, failure('access-lost', 'status 401'));
    expect(accounts.current()?.name).toBe('second');
  });

  it('is told by the downloads too, and goes back to signed out with the reason', async () => {
    const { accounts } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    accounts.loseAccess(`fake|${address}|acme`, failure('access-lost', 'status 401'));
    expect(accounts.state()).toMatchObject({ current: null, failure: { code: 'access-lost' } });
  });

  it('is not what it means when one list is refused with a good token', async () => {
    const { accounts, fake, shown } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    fake.listAnswers(failed(failure('access-lost', 'status 401')));
    const session = accounts.current()?.session;
    await session?.listPage({ reportId: 'files', criteria: {} }, null, new AbortController().signal);
    expect(shown()?.status).toBe('signed-in');
  });
});

describe('the sample data', () => {
  it('starts its service, and stops it on signing out', async () => {
    const world = createWorld();
    await world.accounts.startDemo();
    expect(world.shown()).toMatchObject({ demo: true, accountName: 'sample' });
    expect(world.samplesRunning).toBe(1);
    await world.accounts.signOut();
    expect(world.samplesRunning).toBe(0);
  });

  it('runs once, however quickly it is started again', async () => {
    const world = createWorld();
    const first = world.accounts.startDemo();
    const second = world.accounts.startDemo();
    expect(await first).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await second).toMatchObject({ ok: true, value: { current: 'demo|fake' } });
    expect(world.samplesRunning).toBe(1);
    expect(world.openClients).toBe(1);
    await world.accounts.close();
    expect(world.samplesRunning).toBe(0);
  });

  it('does not start when the person signs in meanwhile', async () => {
    const world = createWorld();
    const demo = world.accounts.startDemo();
    await world.accounts.signIn({ ...typed, keep: false });
    expect(await demo).toMatchObject({ failure: { code: 'cancelled' } });
    expect(world.shown()).toMatchObject({ demo: false, accountName: 'acme' });
    expect(world.samplesRunning).toBe(0);
  });

  it('has the same key at every start, whatever port it listens on', async () => {
    const { accounts } = createWorld();
    await accounts.startDemo();
    expect(accounts.current()?.key).toBe('demo|fake');
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

describe('several accounts', () => {
  const second = { ...typed, fields: { name: 'second', password: 'secret-2' } };
  const keyOf = (name: string) => `fake|${address}|${name}`;

  it('are signed in side by side, each with its own session, and the last one is current', async () => {
    const world = createWorld();
    await world.accounts.signIn({ ...typed, keep: false });
    await world.accounts.signIn({ ...second, keep: false });
    const { accounts } = world;
    expect(accounts.state()).toMatchObject({
      accounts: [{ accountName: 'acme' }, { accountName: 'second' }],
      current: keyOf('second'),
    });
    expect(accounts.byKey(keyOf('acme'))?.session).not.toBe(accounts.byKey(keyOf('second'))?.session);
    expect(world.openClients).toBe(2);
    await accounts.close();
    expect(world.openClients).toBe(0);
  });

  it('are switched between, but only to one that is signed in', async () => {
    const { accounts } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    await accounts.signIn({ ...second, keep: false });
    expect(accounts.switchTo(keyOf('acme'))).toMatchObject({ ok: true, value: { current: keyOf('acme') } });
    expect(accounts.current()?.name).toBe('acme');
    await accounts.signOut(keyOf('second'));
    expect(accounts.switchTo(keyOf('second'))).toMatchObject({ failure: { code: 'signed-out' } });
    expect(accounts.current()?.name).toBe('acme');
  });

  it('stay signed in when another one is signed out or loses its access', async () => {
    const { accounts } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    await accounts.signIn({ ...second, keep: false });
    accounts.loseAccess(keyOf('second'), failure('access-lost', 'status 401'));
    expect(accounts.state()).toMatchObject({
      accounts: [{ status: 'signed-in' }, { status: 'signed-out', failure: { code: 'access-lost' } }],
      current: keyOf('acme'),
      failure: null,
    });
  });

  it('are still told why they were signed out when another one has signed in', async () => {
    const { accounts } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    await accounts.signIn({ ...second, keep: false });
    accounts.loseAccess(keyOf('second'), failure('certificate-changed', 'another one'));
    await accounts.signIn({ ...typed, keep: false });
    expect(accounts.state().accounts).toMatchObject([
      { status: 'signed-in', failure: null },
      { status: 'signed-out', failure: { code: 'certificate-changed' } },
    ]);
    await accounts.signIn({ ...second, keep: false });
    expect(accounts.state().accounts).toMatchObject([{ failure: null }, { failure: null }]);
  });

  it('that were kept are all signed in after a restart, with the same one current', async () => {
    const before = createWorld();
    await before.accounts.signIn({ ...typed, keep: true });
    await before.accounts.signIn({ ...second, keep: true });
    before.accounts.switchTo(keyOf('acme'));
    const after = createWorld({ vault: before.vault, stored: before.stored });
    await after.accounts.restore();
    expect(after.accounts.state()).toMatchObject({
      accounts: [
        { accountName: 'acme', status: 'signed-in', kept: true },
        { accountName: 'second', status: 'signed-in', kept: true },
      ],
      current: keyOf('acme'),
    });
    expect(after.fake.opened.map(({ fields }) => fields)).toEqual([typed.fields, second.fields]);
  });

  it('are remembered with what was typed, without the secrets', async () => {
    const { accounts, stored } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    expect(accounts.state().accounts).toMatchObject([{ fields: { name: 'acme' } }]);
    expect(JSON.stringify([...stored])).not.toContain('secret-1');
  });

  it('have folders of their own, which signing in again leaves as they are', async () => {
    const { accounts } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    expect(accounts.ownerOfFolder()).toBeNull();
    await accounts.signIn({ ...second, keep: false });
    expect(accounts.ownerOfFolder()).toBe(keyOf('second'));
    accounts.changeOwn(keyOf('second'), { folder: '/second' });
    expect(accounts.folder()).toBe('/second');
    accounts.switchTo(keyOf('acme'));
    expect(accounts.folder()).toBeNull();
    await accounts.signIn({ ...second, keep: false });
    expect(accounts.folder()).toBe('/second');
  });

  it('show what is set for each alone, and keep it while signed out', async () => {
    const { accounts, states } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    await accounts.signIn({ ...second, keep: false });
    await accounts.signOut(keyOf('acme'));
    accounts.changeOwn(keyOf('acme'), { filesAtOnce: 2 });
    expect(states.at(-1)?.accounts).toMatchObject([
      { accountName: 'acme', status: 'signed-out', folder: null, filesAtOnce: 2 },
      { accountName: 'second', status: 'signed-in', folder: null, filesAtOnce: null },
    ]);
    await accounts.signIn({ ...typed, keep: false });
    expect(accounts.state().accounts[0]).toMatchObject({ status: 'signed-in', filesAtOnce: 2 });
  });

  it('can be taken off the list', async () => {
    const { accounts } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.forget(keyOf('acme'));
    expect(accounts.state()).toEqual({ accounts: [], current: null, failure: null });
  });

  it('begin with the one that an older version kept', async () => {
    const vault = createMemoryVault();
    await vault.keep(keyOf('acme'), typed.fields);
    const settings = { keepSignedIn: true, lastProvider: 'fake', lastAccountName: 'acme' };
    const { accounts, shown } = createWorld({ vault, stored: new Map([['settings', settings]]) });
    await accounts.restore();
    expect(shown()).toMatchObject({ accountName: 'acme', status: 'signed-in', kept: true });
  });
});

describe('what a service gives in place of a secret', () => {
  const newer = { password: 'refreshed' };

  it('is kept where the secret was, also when it came while signing in', async () => {
    const { accounts, fake, vault } = createWorld();
    fake.signInAnswers(async () => {
      await fake.opened[0]?.remember?.(newer);
      return ok(null);
    });
    await accounts.signIn({ ...typed, keep: true });
    expect([...vault.kept.values()]).toEqual([{ ...typed.fields, ...newer }]);
    await fake.opened[0]?.remember?.({ password: 'once more' });
    expect([...vault.kept.values()]).toEqual([{ ...typed.fields, password: 'once more' }]);
  });

  it('is not kept where the secret was not', async () => {
    const { accounts, fake, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: false });
    await fake.opened[0]?.remember?.(newer);
    expect(vault.kept.size).toBe(0);
  });

  it('is not kept for a session that is over', async () => {
    const { accounts, fake, vault } = createWorld();
    await accounts.signIn({ ...typed, keep: true });
    await accounts.signOut();
    await fake.opened[0]?.remember?.(newer);
    expect(vault.kept.size).toBe(0);
  });
});
