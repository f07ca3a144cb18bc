import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccountManager } from '../../../electron/accounts/account-manager.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed } from '../../../electron/contract/result.ts';
import { accountCalls } from '../../../electron/ipc/account-calls.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { authority } from '../../fakes/issued-certificates.ts';
import { key as serverKey } from '../../fakes/loopback-certificates.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';

const ADDRESS = 'https://fake.example/api';
const key = `fake|${ADDRESS}|acme`;

/** A window in which somebody has signed in as acme; `picks` is what they pick when they are asked for a folder. */
async function signedIn(picks: string | null = null) {
  const fake = createFakeProvider();
  const accounts = createAccountManager({
    providers: [fake.provider],
    vault: createMemoryVault(),
    settings: createSettings({ store: { get: () => undefined, set: () => {} } }),
    clock: createFakeClock(),
    openHttp: () => ({
      exchange: async () => failed(failure('unexpected', 'not used')),
      stream: async () => failed(failure('unexpected', 'not used')),
      close: async () => {},
    }),
    onChange() {},
  });
  const asked: string[] = [];
  const calls = accountCalls({
    accounts,
    commonFolder: () => '/common',
    async askForFolder(current) {
      asked.push(current);
      return picks;
    },
    askForCertificates: async () => picks,
  });
  const fields = { name: 'acme', password: 'secret' };
  await calls.signIn({ provider: 'fake', fields, serverAddress: ADDRESS, keep: false });
  return { calls, asked };
}

describe('what is set for one account, as the window changes it', () => {
  it('is answered as it is then, signed in or not', async () => {
    const { calls } = await signedIn();
    expect(await calls.change({ key, change: { filesAtOnce: 2 } })).toMatchObject({
      value: { accounts: [{ status: 'signed-in', filesAtOnce: 2 }] },
    });
    await calls.signOut({ key });
    expect(await calls.change({ key, change: { filesAtOnce: null } })).toMatchObject({
      value: { accounts: [{ status: 'signed-out', filesAtOnce: null }] },
    });
  });

  it('is refused for an account that is not there', async () => {
    const { calls } = await signedIn('/own');
    expect(await calls.change({ key: 'other', change: { filesAtOnce: 2 } })).toMatchObject({
      failure: { code: 'bad-input' },
    });
    expect(await calls.chooseFolder({ key: 'other' })).toMatchObject({ failure: { code: 'bad-input' } });
  });

  it('takes a folder that a person picks, beginning with the one that counts now, and can leave it again', async () => {
    const { calls, asked } = await signedIn('/own');
    expect(await calls.chooseFolder({ key })).toMatchObject({ value: { accounts: [{ folder: '/own' }] } });
    await calls.chooseFolder({ key });
    expect(asked).toEqual(['/common', '/own']);
    expect(await calls.change({ key, change: { folder: null } })).toMatchObject({
      value: { accounts: [{ folder: null }] },
    });
  });

  it('stays as it is when nothing is picked', async () => {
    const { calls } = await signedIn(null);
    expect(await calls.chooseFolder({ key })).toMatchObject({ value: { accounts: [{ folder: null }] } });
  });
});

describe('a file with certificates that a person picks', () => {
  const named = async (content: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'cdr-certificates-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'company.crt');
    await writeFile(path, content);
    return path;
  };

  it('is answered as the text for its field', async () => {
    const { calls } = await signedIn(await named(`${serverKey}${authority}`));
    const answer = await calls.chooseCertificates();
    expect(answer).toEqual({ ok: true, value: expect.stringMatching(/^# CDR Desk test authority, valid/) });
    expect(JSON.stringify(answer)).not.toContain('PRIVATE KEY');
  });

  it('is refused by its name where it holds none, or far too much', async () => {
    for (const content of ['', 'hello', authority.repeat(60)]) {
      const { calls } = await signedIn(await named(content));
      expect(await calls.chooseCertificates()).toMatchObject({
        failure: { code: 'not-a-certificate', subject: 'company.crt' },
      });
    }
  });

  it('may be left', async () => {
    const { calls } = await signedIn(null);
    expect(await calls.chooseCertificates()).toEqual({ ok: true, value: null });
  });
});
