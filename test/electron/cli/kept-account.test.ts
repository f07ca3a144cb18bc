import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accountKey } from '../../../electron/accounts/account.ts';
import type { CliHost } from '../../../electron/cli/host.ts';
import { createOutput } from '../../../electron/cli/output.ts';
import { signIn } from '../../../electron/cli/sign-in.ts';
import type { SignInChoice } from '../../../electron/cli/who-signs-in.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';

const one = createFakeProvider('one');
const two = createFakeProvider('two');
const ADDRESS = 'https://fake.example/api';
const OTHER = 'https://other.example';

/** A computer on which these are kept: account names by system and server, the last one shown last. */
async function computer(
  ...accounts: readonly (readonly [provider: string, address: string, name: string])[]
) {
  const vault = createMemoryVault();
  const stored = accounts.map(([provider, serverAddress, name]) => {
    const key = accountKey(provider, serverAddress, name);
    return { key, provider, name, serverAddress, fields: {}, folder: null, filesAtOnce: null, kept: true };
  });
  for (const { key, name } of stored) await vault.keep(key, { name, password: 'secret' });
  const values = new Map<string, unknown>();
  const settings = createSettings({
    store: { get: (key) => values.get(key), set: (key, value) => void values.set(key, value) },
  });
  settings.change({ accounts: stored, currentAccount: stored.at(-1)?.key ?? null });
  const stream = new PassThrough();
  const host: CliHost = {
    args: [],
    version: '',
    folder: '',
    stdin: stream as unknown as NodeJS.ReadStream,
    stdout: stream as unknown as NodeJS.WriteStream,
    stderr: stream as unknown as NodeJS.WriteStream,
    stop: new AbortController().signal,
    clock: createFakeClock(),
    random: () => 0,
    dataFolder: '',
    providers: [one.provider, two.provider],
    startHashWorker() {
      throw new Error('not here');
    },
    startWriteWorker() {
      throw new Error('not here');
    },
    openVault: async () => vault,
    proxyFor: async () => null,
    proxyIsNamed: false,
  };
  const output = await createOutput({ json: true, stdout: host.stdout, stderr: host.stderr });
  return async (choice: Partial<SignInChoice & { kind: 'kept' }> = {}) => {
    const whole = { kind: 'kept', provider: one.provider, server: null, account: null, ...choice } as const;
    const signedIn = await signIn(whole, { host, output, dataFolder: '', settings });
    if (!signedIn.ok) return signedIn.failure.code;
    onTestFinished(() => signedIn.value.close());
    const { provider, name, serverAddress } = signedIn.value.account;
    return [provider.signIn.provider, serverAddress, name];
  };
}

describe('a kept account', () => {
  it('is the one of the system, whatever the window showed last', async () => {
    const enter = await computer(['one', ADDRESS, 'acme'], ['two', ADDRESS, 'acme']);
    expect(await enter()).toEqual(['one', ADDRESS, 'acme']);
    expect(await enter({ provider: two.provider })).toEqual(['two', ADDRESS, 'acme']);
  });

  it('is the one of the name and of the server, where they are given', async () => {
    const enter = await computer(['one', ADDRESS, 'acme'], ['one', OTHER, 'acme'], ['one', OTHER, 'beta']);
    expect(await enter({ server: ADDRESS })).toEqual(['one', ADDRESS, 'acme']);
    expect(await enter({ account: 'acme', server: OTHER })).toEqual(['one', OTHER, 'acme']);
    expect(await enter({ account: 'gamma' })).toBe('signed-out');
    expect(await enter({ server: 'no address' })).toBe('bad-address');
  });

  it('of several is the one that the window showed last', async () => {
    const enter = await computer(['one', ADDRESS, 'acme'], ['one', ADDRESS, 'beta']);
    expect(await enter()).toEqual(['one', ADDRESS, 'beta']);
  });

  it('is none where nothing is kept', async () => {
    const enter = await computer();
    expect(await enter()).toBe('signed-out');
  });
});
