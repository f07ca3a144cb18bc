/** An account with a session, and what has to be closed with it. */
import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Failure } from '../contract/failure.ts';
import type { Clock } from '../lib/clock.ts';
import type { HttpClient } from '../network/http.ts';
import type { BrowserConsent, Provider, RunningSample, Session } from '../providers/provider.ts';
import type { Account } from './account.ts';
import { importedBy } from './imported-by.ts';
import { watchAccess } from './watch-access.ts';

export interface Opened {
  readonly account: Account;
  /** What was typed, the secrets too, with what the service gave in their place since. */
  readonly fields: Record<string, string>;
  readonly sample: RunningSample | null;
}

export interface OpenAccountOptions {
  readonly clock: Clock;
  readonly browser?: BrowserConsent;
  /** The application's own, for what systems keep there. Left out: they keep nothing. */
  readonly dataFolder?: string;
  /**
   * A transport for one account. All of an account share its connection budget, so that signing in again does not double
   * it. `certificate`: the fingerprint that the person trusts, null for none; `imported`: the certificates that the person
   * has picked for this account.
   */
  openHttp(account: {
    readonly key: string;
    readonly certificate: string | null;
    readonly imported: readonly X509Certificate[];
  }): HttpClient;
  /** The service has taken the access away. */
  onLost(session: Session, why: Failure): void;
  /** The service gave something in place of what was typed; `fields` holds it already. */
  onRemember(session: Session): Promise<void>;
}

/** The sign-in field that holds the fingerprint of the certificate that a person trusts. */
const CERTIFICATE_FIELD = 'certificate';

/** Sends nothing. */
export function openAccount(
  given: {
    readonly fields: Readonly<Record<string, string>>;
    readonly sample: RunningSample | null;
    readonly key: string;
    readonly provider: Provider;
    readonly serverAddress: string;
  },
  { clock, browser, dataFolder, openHttp, onLost, onRemember }: OpenAccountOptions,
): Opened {
  const { key, provider, serverAddress, sample } = given;
  const fields = { ...given.fields };
  const imported = importedBy(provider.signIn, fields);
  const http = openHttp({
    key,
    certificate: fields[CERTIFICATE_FIELD]?.trim() || null,
    imported: imported.ok ? imported.value : [],
  });
  const session: Session = watchAccess(
    provider.openSession({
      serverAddress,
      fields,
      http,
      clock,
      ...(browser && { browser }),
      // What happens with sample data concerns nobody else.
      ...(dataFolder && !sample && { folder: join(dataFolder, 'systems', provider.signIn.provider) }),
      async remember(newer) {
        Object.assign(fields, newer);
        await onRemember(session);
      },
    }),
    (why) => onLost(session, why),
  );
  const account: Account = {
    key,
    provider,
    name: provider.accountName(fields),
    serverAddress,
    demo: sample !== null,
    session,
    http,
    kept: false,
    notKept: null,
  };
  return { account, fields, sample };
}

/** Closes what an account had open. That something of it will not close stops nobody. */
export async function leave({ account, sample }: Opened): Promise<void> {
  await Promise.allSettled([account.http.close(), sample?.close()]);
}
