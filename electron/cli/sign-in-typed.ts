import { resolve } from 'node:path';
import { accountKey } from '../accounts/account.ts';
import { readCertificateFile } from '../accounts/read-certificate-file.ts';
import type { SignInDeclaration, SignInField } from '../contract/account.ts';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Provider } from '../providers/provider.ts';
import { enterAccount, type SignedIn, type SignInOptions } from './enter-account.ts';
import { createNewestSecrets, type NewestSecrets } from './newest-secrets.ts';
import { noVault } from './no-vault.ts';
import type { Output } from './output.ts';
import { readSecrets } from './read-secrets.ts';
import type { SignInChoice } from './who-signs-in.ts';
import { notKeptText } from './words.ts';

/**
 * Signs in with what was typed and what standard input holds. Where the service has given something newer in place of a
 * secret before, that comes first; where it is refused, what was typed has its turn.
 */
export async function signInTyped(
  { provider, server, fields, secrets, form }: SignInChoice & { kind: 'typed' },
  { host, output, dataFolder, settings }: SignInOptions,
): Promise<Result<SignedIn>> {
  const { provider: id, label, defaultServerAddress, addressHelp = '' } = provider.signIn;
  const serverAddress = server ?? defaultServerAddress;
  if (serverAddress === '') {
    return failed(failure('bad-input', `${label} needs --server. ${addressHelp}`.trim()));
  }
  const address = provider.readAddress(serverAddress);
  if (!address.ok) return address;
  const whole = await readFiles(provider.signIn, fields, host.folder);
  if (!whole.ok) return whole;
  const { stdin, stderr, stop } = host;
  const read = await readSecrets({ secrets, form, stdin, stderr, stop });
  if (!read.ok) return read;
  const typed = { ...whole.value, ...read.value };
  const newest = createNewestSecrets({
    secrets,
    typed,
    accountKey: accountKey(id, address.value, provider.accountName(typed)),
    vault: host.openVault && (await host.openVault(dataFolder)),
    onNotKept: (secret, why) => tellNotKept(secret, why, output),
  });
  const providers = host.providers.map((one) => (one === provider ? withNewest(one, newest) : one));

  const enter = (values: Readonly<Record<string, string>>) =>
    enterAccount({ host, settings, dataFolder, providers, vault: noVault }, async (accounts) => {
      const leave = () => void accounts.close();
      stop.addEventListener('abort', leave, { once: true });
      const signedIn = await accounts.signIn({ provider: id, fields: values, serverAddress, keep: false });
      stop.removeEventListener('abort', leave);
      return stop.aborted ? failed(failure('cancelled', 'stopped while signing in')) : signedIn;
    });

  const newer = await newest.recall();
  if (newer) {
    const entered = await enter({ ...typed, ...newer });
    if (entered.ok || entered.failure.code !== 'sign-in-refused') return entered;
    newest.fallBack();
  }
  const entered = await enter(typed);
  // Refused as well: something else may be wrong, such as the other secret, and what is kept may still be good.
  if (newer && entered.ok) await newest.forgetRefused();
  return entered;
}

/** The fields, with what is in the files that some of them name. */
async function readFiles(
  { fields: declared }: SignInDeclaration,
  fields: Readonly<Record<string, string>>,
  folder: string,
): Promise<Result<Readonly<Record<string, string>>>> {
  const whole = { ...fields };
  for (const { id, file } of declared) {
    const path = fields[id];
    if (file !== 'certificates' || path === undefined) continue;
    const certificates = await readCertificateFile(resolve(folder, path));
    if (!certificates.ok) return certificates;
    whole[id] = certificates.value;
  }
  return ok(whole);
}

/** The provider, with sessions that keep what is newer before it is used. */
const withNewest = (provider: Provider, newest: NewestSecrets): Provider => ({
  ...provider,
  openSession: (options) =>
    provider.openSession({
      ...options,
      async remember(newer) {
        await newest.remember(newer);
        await options.remember?.(newer);
      },
    }),
});

function tellNotKept({ id, label }: SignInField, why: Failure, output: Output): void {
  if (output.json) output.line({ notKept: { field: id, failure: why.code } }, () => '');
  else output.note(notKeptText(label, why));
}
