/** Sign-ins whose refresh token is another one after each use: the older one is refused from then on. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accountKey } from '../../../electron/accounts/account.ts';
import { addDays, localDay } from '../../../electron/contract/calendar.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed } from '../../../electron/contract/result.ts';
import type { SecretVault } from '../../../electron/credentials/secret-vault.ts';
import { startWebexService } from '../../../electron/demo/webex-calling/webex-service.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { createMemoryVault } from '../../fakes/memory-vault.ts';
import { errorOf, newFolder } from './cdr.ts';
import { runLine } from './run-line.ts';

const NAME = 'Sample';
const day = addDays(localDay(systemClock.now()), -3);
const question = ['--system', 'webex-calling', '--report', 'calls', '--from', day, '--to', day];

async function withService() {
  const service = await startWebexService({ clock: systemClock, limits: { rates: null } });
  onTestFinished(() => service.close());
  const { clientId, clientSecret, refreshToken } = service.client;
  const open = { accountName: NAME, way: 'service-app', clientId, signInAddress: service.signInAddress };
  const fields = Object.entries(open).flatMap(([id, value]) =>
    id === 'accountName' ? [] : ['--field', `${id}=${value}`],
  );
  const typed = ['--server', service.address, '--account', NAME, ...fields, '--secrets-stdin'];
  const secrets = { clientSecret, refreshToken };
  const find = (vault?: SecretVault, more: readonly string[] = ['--json'], given: object = secrets) =>
    runLine(['find', ...question, ...typed, ...more], {
      input: JSON.stringify(given),
      ...(vault && { vault }),
    });
  const key = accountKey('webex-calling', service.address, NAME);
  return { service, find, key, open, secrets };
}

const notKept = ({ lines }: Awaited<ReturnType<typeof runLine>>) => lines.filter((line) => 'notKept' in line);

/** The tokens that are kept and were never typed. */
const newTokens = (kept: ReadonlyMap<string, Readonly<Record<string, string>>>) =>
  [...kept.values()].flatMap(({ refreshToken = '' }) => refreshToken);

describe('a newer refresh token', () => {
  it('that comes in place of a typed one is kept for the next runs with the same secret', async () => {
    const { find } = await withService();
    const vault = createMemoryVault();
    for (let run = 0; run < 3; run += 1) {
      const ended = await find(vault);
      expect([ended.code, ended.err, notKept(ended)]).toEqual([0, '', []]);
    }
  });

  it('belongs to the very secret that it came in place of', async () => {
    const { find, secrets } = await withService();
    const vault = createMemoryVault();
    expect((await find(vault)).code).toBe(0);
    const other = await find(vault, ['--json'], { ...secrets, refreshToken: 'no-such-token' });
    expect([other.code, errorOf(other)]).toEqual([3, 'sign-in-refused']);
    expect((await find(vault)).code).toBe(0);
  });

  it('that is refused gives its turn to what was typed, which is kept up from then on', async () => {
    const [first, second] = [await withService(), await withService()];
    const vault = createMemoryVault();
    expect((await first.find(vault)).code).toBe(0);
    // As if it had come for the account of the other service, which knows nothing of it.
    for (const [place, kept] of vault.kept) await vault.keep(place.replace(first.key, second.key), kept);
    const grants = () => second.service.calls.filter(({ path }) => path === '/v1/access_token').length;
    expect([(await second.find(vault)).code, grants()]).toEqual([0, 2]);
    expect([(await second.find(vault)).code, grants()]).toEqual([0, 3]);
  });

  it('is not lost over a mistake in another secret', async () => {
    const { find, secrets, service } = await withService();
    const vault = createMemoryVault();
    expect((await find(vault)).code).toBe(0);
    const grants = () => service.calls.filter(({ path }) => path === '/v1/access_token').length;
    const mistaken = await find(vault, ['--json'], { ...secrets, clientSecret: 'mistyped' });
    expect([mistaken.code, errorOf(mistaken), grants()]).toEqual([3, 'sign-in-refused', 3]);
    expect(mistaken.out + mistaken.err).not.toContain(secrets.refreshToken);
    expect((await find(vault)).code).toBe(0);
  });

  it('that can not be kept is told of: with --json as a line, else on standard error, without the token', async () => {
    const line = await withService();
    const ended = await line.find();
    expect(ended.code).toBe(0);
    expect(notKept(ended)).toEqual([{ notKept: { field: 'refreshToken', failure: 'no-secure-storage' } }]);
    // The service takes the older one no more.
    expect(errorOf(await line.find())).toBe('sign-in-refused');

    const asked: string[] = [];
    const noSafePlace: SecretVault = {
      ...createMemoryVault(),
      async keep(_key, { refreshToken = '' }) {
        asked.push(refreshToken);
        return failed(failure('no-secure-storage', 'no encryption available'));
      },
    };
    const text = await withService();
    const told = await text.find(noSafePlace, []);
    expect(told.code).toBe(0);
    expect(told.err).toContain('The service gave a newer "Refresh token"');
    expect(told.err.match(/newer/g)).toHaveLength(1);
    expect(asked).toHaveLength(1);
    for (const token of [text.secrets.refreshToken, ...asked])
      expect(told.out + told.err).not.toContain(token);
  });

  it('leaves what the window keeps for the account alone, unless it is the very secret that was replaced', async () => {
    const { find, key, open, secrets } = await withService();
    const other = createMemoryVault();
    await other.keep(key, { ...open, ...secrets, refreshToken: 'of the window' });
    expect((await find(other)).code).toBe(0);
    expect(other.kept.get(key)).toMatchObject({ refreshToken: 'of the window' });

    const { find: findAgain, key: sameKey, ...second } = await withService();
    const same = createMemoryVault();
    await same.keep(sameKey, { ...second.open, ...second.secrets });
    expect((await findAgain(same)).code).toBe(0);
    const [kept, ...others] = new Set(newTokens(same.kept));
    expect(others).toEqual([]);
    expect(kept).not.toBe(second.secrets.refreshToken);
  });

  it('of a kept account is kept where that one was', async () => {
    const { key, open, secrets, service } = await withService();
    const vault = createMemoryVault();
    await vault.keep(key, { ...open, ...secrets });
    const state = join(await newFolder(), 'state');
    await mkdir(state);
    const account = { key, provider: 'webex-calling', name: NAME, serverAddress: service.address };
    const stored = { ...account, fields: {}, folder: null, filesAtOnce: null, kept: true };
    await writeFile(
      join(state, 'settings.json'),
      JSON.stringify({ settings: { accounts: [stored], currentAccount: key } }),
    );
    const tokens = new Set<string | undefined>([secrets.refreshToken]);
    for (let run = 0; run < 2; run += 1) {
      const ended = await runLine(
        ['fetch', ...question, '--to-folder', 'files', '--data-dir', state, '--json'],
        { vault },
      );
      expect([ended.code, notKept(ended)]).toEqual([0, []]);
      tokens.add(vault.kept.get(key)?.refreshToken);
    }
    expect(tokens.size).toBe(3);
  });
});
