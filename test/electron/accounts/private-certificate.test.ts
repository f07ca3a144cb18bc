/** Accounts of a server with a certificate of its own, over real TLS: whom the kept secrets are sent to, and when. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccountManager } from '../../../electron/accounts/account-manager.ts';
import { currentAccount } from '../../../electron/contract/account.ts';
import { type HuaweiService, startHuaweiService } from '../../../electron/demo/huawei-cec/huawei-service.ts';
import { systemClock as clock } from '../../../electron/lib/clock.ts';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import { createHttpClient } from '../../../electron/network/http-client.ts';
import { createHuaweiCec } from '../../../electron/providers/huawei-cec/index.ts';
import { createSettings } from '../../../electron/settings/settings-store.ts';
import { authority, issuedCertificate } from '../../fakes/issued-certificates.ts';
import { certificate, expiredCertificate, key } from '../../fakes/loopback-certificates.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';
import { startRelay } from '../../fakes/relay.ts';

const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256;

async function createWorld(first: string) {
  const services: HuaweiService[] = [];
  const start = async (cert: string) => {
    services.push(await startHuaweiService({ clock, makingMs: 0, tls: { key, cert } }));
  };
  const now = () => services.at(-1);
  await start(first);
  const relay = await startRelay(() => Number(new URL(now()?.address ?? '').port));
  const vault = createMemoryVault();
  const stored = new Map<string, unknown>();
  const settings = createSettings({
    store: { get: (key) => stored.get(key), set: (key, value) => void stored.set(key, value) },
  });
  const open = () =>
    createAccountManager({
      providers: [createHuaweiCec()],
      vault,
      settings,
      clock,
      openHttp: ({ certificate: trusted, imported }) =>
        createHttpClient({ budget: createConnectionBudget(), certificate: trusted, imported }),
      onChange() {},
    });
  const accounts = open();
  onTestFinished(async () => {
    await accounts.close();
    await relay.close();
    for (const service of services) await service.close();
  });
  const { accessKey, secretKey } = services[0]?.owner ?? { accessKey: '', secretKey: '' };
  return {
    accounts,
    vault,
    secretKey,
    shown: () => currentAccount(accounts.state()),
    signIn: (fields: Readonly<Record<string, string>>, keep = true) =>
      accounts.signIn({
        provider: 'huawei-cec',
        serverAddress: relay.address,
        fields: { accessKey, timeZone: 'UTC', ...fields },
        keep,
      }),
    /** The accounts as they are after a restart. */
    async restart() {
      await accounts.close();
      const next = open();
      onTestFinished(() => next.close());
      await next.restore();
      return next;
    },
    /** The server has another certificate from now on. */
    async change(cert: string) {
      await now()?.close();
      await start(cert);
    },
    /** Requests that have come since the last change, understood or not. */
    requests: () => (now()?.calls.length ?? 0) + (now()?.refusals ?? 0),
  };
}

describe('a kept secret', () => {
  it('signs in when the person trusts the new certificate, and is sent to nobody before', async () => {
    const world = await createWorld(certificate);
    const { secretKey, signIn } = world;
    expect(await signIn({ secretKey, certificate: fingerprintOf(certificate) })).toMatchObject({ ok: true });
    await world.change(expiredCertificate);

    const changed = { code: 'certificate-changed', fingerprint: fingerprintOf(expiredCertificate) };
    expect(await signIn({ certificate: fingerprintOf(certificate) })).toMatchObject({ failure: changed });
    expect(await signIn({})).toMatchObject({ failure: { code: 'certificate-unknown' } });
    expect(world.requests()).toBe(0);
    expect(world.vault.kept.size).toBe(1);

    expect(await signIn({ certificate: fingerprintOf(expiredCertificate) })).toMatchObject({ ok: true });
    expect(world.requests()).toBeGreaterThan(0);
    expect(world.shown()).toMatchObject({ status: 'signed-in', kept: true });
    expect([...world.vault.kept.values()]).toMatchObject([
      { secretKey, certificate: fingerprintOf(expiredCertificate) },
    ]);
    expect(JSON.stringify(world.accounts.state())).not.toContain(secretKey);
  });

  it('makes way for one that is typed', async () => {
    const { signIn, secretKey, vault } = await createWorld(certificate);
    const trusted = { certificate: fingerprintOf(certificate) };
    await signIn({ ...trusted, secretKey });
    expect(await signIn({ ...trusted, secretKey: 'mistyped' })).toMatchObject({
      failure: { code: 'sign-in-refused' },
    });
    expect([...vault.kept.values()]).toMatchObject([{ secretKey }]);
  });

  it('is of its own account alone', async () => {
    const { signIn, secretKey, requests } = await createWorld(certificate);
    const trusted = { certificate: fingerprintOf(certificate) };
    await signIn({ ...trusted, secretKey });
    const before = requests();
    expect((await signIn({ ...trusted, accessKey: 'somebody-else' })).ok).toBe(false);
    expect(requests()).toBe(before);
  });
});

describe('a certificate from a file', () => {
  it('is trusted for the account that it was picked for, and for no other', async () => {
    const { signIn, secretKey, accounts } = await createWorld(issuedCertificate);
    expect(await signIn({ secretKey, accessKey: 'other' })).toMatchObject({
      failure: { code: 'certificate-unknown' },
    });
    expect(await signIn({ secretKey, certificateFile: authority })).toMatchObject({ ok: true });
    expect(accounts.state().accounts).toMatchObject([{ fields: { certificateFile: authority } }]);
    expect(await signIn({ secretKey, accessKey: 'other' })).toMatchObject({
      failure: { code: 'certificate-unknown' },
    });
  });

  it('is trusted at the next start as well', async () => {
    const { signIn, secretKey, restart, requests } = await createWorld(issuedCertificate);
    await signIn({ secretKey, certificateFile: authority });
    const before = requests();
    const next = await restart();
    expect(await next.current()?.session.signIn(new AbortController().signal)).toMatchObject({ ok: true });
    expect(requests()).toBeGreaterThan(before);
  });

  it('that holds none is refused before anything is sent', async () => {
    const { signIn, secretKey, requests } = await createWorld(issuedCertificate);
    expect(await signIn({ secretKey, certificateFile: 'trust me' })).toMatchObject({
      failure: { code: 'not-a-certificate', subject: 'Certificate from a file' },
    });
    expect(requests()).toBe(0);
  });
});
