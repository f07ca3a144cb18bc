import { describe, expect, it } from 'vitest';
import { createAccountManager } from '../../../electron/accounts/account-manager.ts';
import { accountSource } from '../../../electron/accounts/account-source.ts';
import { ok } from '../../../electron/contract/result.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../../electron/network/http.ts';
import { providers } from '../../../electron/providers/provider-list.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { listedReference } from '../../fakes/download-engine.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';

const FINGERPRINT = 'AB'.repeat(32);
const TOKEN = { accessToken: 'token', expiresIn: 3600 };

interface Sent extends HttpRequest {
  /** Whose connections it went over. */
  readonly key: string;
}

/** Accounts on connections that note what is sent, and answer all of it with a token. */
function createWorld() {
  const values = new Map<string, unknown>();
  const sent: Sent[] = [];
  const opened: { readonly key: string; readonly certificate: string | null }[] = [];
  const answer: HttpAnswer = { status: 200, headers: {}, text: JSON.stringify(TOKEN) };
  const accounts = createAccountManager({
    providers,
    vault: createMemoryVault(),
    settings: createSettings({
      store: { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) },
    }),
    clock: createFakeClock(),
    openHttp({ key, certificate }) {
      opened.push({ key, certificate });
      const client: HttpClient = {
        async exchange(request) {
          sent.push({ ...request, key });
          return ok(answer);
        },
        stream() {
          throw new Error('not used');
        },
        close: async () => {},
      };
      return client;
    },
    onChange() {},
  });
  return { accounts, sent, opened };
}

const systems = [
  {
    provider: 'cisco-cca',
    fields: { accountName: 'acme', accountPassword: 'secret' },
    addresses: ['https://cdr.one.example', 'https://cdr.two.example'],
  },
  {
    provider: 'webex-calling',
    fields: { accountName: 'acme', way: 'token', accessToken: 'secret' },
    addresses: ['http://127.0.0.1:8443', 'http://127.0.0.2:8443'],
  },
  {
    provider: 'huawei-cec',
    fields: { accessKey: 'acme', secretKey: 'secret', timeZone: 'UTC' },
    addresses: ['https://ccfs.one.example:8443', 'https://ccfs.two.example:8443'],
  },
  {
    provider: 'yeastar-s',
    fields: { userName: 'acme', password: 'secret', timeZone: 'UTC' },
    addresses: ['https://pbx.one.example:8088', 'https://pbx.two.example:8088'],
  },
];

describe('two accounts of one system with servers of their own', () => {
  it.each(systems)('send nothing to the server of the other: $provider', async (system) => {
    const { accounts, sent } = createWorld();
    const { provider, fields, addresses } = system;
    for (const serverAddress of addresses) {
      await accounts.signIn({ provider, fields, serverAddress, keep: false });
    }
    for (const address of addresses) {
      const ofOne = sent.filter(({ key }) => key.includes(address));
      expect(ofOne).not.toEqual([]);
      for (const { url, trusts } of ofOne) {
        expect(new URL(url).origin).toBe(address);
        expect(trusts(new URL(url))).toBe(true);
        const others = addresses.filter((other) => other !== address);
        for (const other of others) expect(trusts(new URL(url.replace(address, other)))).toBe(false);
      }
    }
    await accounts.close();
  });

  it('have no file fetched with the token of one from the server of the other', async () => {
    const { accounts } = createWorld();
    const [first = '', second = ''] = ['https://cdr.one.example', 'https://cdr.two.example'];
    for (const serverAddress of [first, second]) {
      const fields = { accountName: 'acme', accountPassword: 'secret' };
      await accounts.signIn({ provider: 'cisco-cca', fields, serverAddress, keep: false });
    }
    const account = accounts.byKey(`cisco-cca|${first}|acme`);
    if (!account) throw new Error('signed in');
    const link = `${second}/files/a.zip`;
    const file = listedReference('a', 'a.zip', link, Buffer.from('a'));
    const request = await accountSource(account).request(file, new AbortController().signal);
    if (!request.ok) throw new Error(request.failure.code);
    expect(request.value.trusts(new URL(link))).toBe(false);
    expect(request.value.trusts(new URL(`${first}/files/a.zip`))).toBe(true);
    await accounts.close();
  });

  it('trust the certificate that was trusted for each, and not that of the other', async () => {
    const { accounts, opened } = createWorld();
    const pbx = { provider: 'yeastar-s', keep: false };
    const fields = { userName: 'acme', password: 'secret', timeZone: 'UTC' };
    const [first, second] = ['https://pbx.one.example:8088', 'https://pbx.two.example:8088'];
    const trusted = { ...fields, certificate: FINGERPRINT };
    await accounts.signIn({ ...pbx, fields: trusted, serverAddress: first ?? '' });
    await accounts.signIn({ ...pbx, fields, serverAddress: second ?? '' });
    expect(opened.map(({ certificate }) => certificate)).toEqual([FINGERPRINT, null]);
    await accounts.close();
  });
});
