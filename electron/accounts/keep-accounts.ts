/** Which accounts' secrets are kept on this computer. */
import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '../contract/result.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';
import { createInTurn } from '../lib/in-turn.ts';
import type { Session } from '../providers/provider.ts';
import { newestSecretsKey } from './account.ts';
import type { KnownAccounts } from './known-accounts.ts';
import type { Opened } from './open-account.ts';

export interface AccountKeeperOptions {
  readonly vault: SecretVault;
  readonly known: KnownAccounts;
  /** Who is signed in, by key; whether an account is kept is written into it. */
  readonly opened: Map<string, Opened>;
  readonly onChange: () => void;
}

export interface AccountKeeper {
  /** Keeps the secrets of an account, or forgets them, as a person wishes. */
  keep(key: string, keep: boolean): Promise<Result<null>>;
  /** The same for all that are signed in; forgetting is for whatever is kept. */
  keepAll(keep: boolean): Promise<Result<null>>;
  /** Also what scripts have been given for the account. Failure `disk-error`: they may still be there. */
  forget(key: string): Promise<Result<null>>;
  /**
   * The service refuses these secrets of an account: they are forgotten. What else is kept stays: another program on this
   * computer has got it from the service in their place, and it is good.
   */
  forgetRefused(key: string, refused: Readonly<Record<string, string>>): Promise<void>;
  /** Keeps what a service gave in place of a secret where that one was: the older one may not work any more. */
  renew(key: string, session: Session): Promise<void>;
}

export function createAccountKeeper({ vault, known, opened, onChange }: AccountKeeperOptions): AccountKeeper {
  /** What is kept changes in the order of the wishes, so that a slow "keep" never comes after a "forget". */
  const inTurn = createInTurn();

  async function drop(key: string): Promise<Result<null>> {
    const done = await vault.forget(key);
    if (done.ok && known.get(key)) known.setKept(key, false);
    return done;
  }

  const forget = (key: string) =>
    inTurn(async () => {
      const ofScripts = await vault.forget(newestSecretsKey(key));
      const done = await drop(key);
      return done.ok ? ofScripts : done;
    });

  async function keep(key: string, wanted: boolean): Promise<Result<null>> {
    const whose = opened.get(key);
    if (!whose || whose.account.demo) return wanted ? ok(null) : forget(key);
    return inTurn(async () => {
      const now = opened.get(key);
      const isSame = now?.account.session === whose.account.session;
      if (wanted && !isSame) return ok(null);
      const done = wanted && now ? await vault.keep(key, now.fields) : await vault.forget(key);
      if (!wanted && !done.ok) return done;
      known.setKept(key, wanted && done.ok);
      const still = opened.get(key);
      if (still?.account.session === whose.account.session) {
        const notKept = done.ok ? null : done.failure;
        opened.set(key, { ...still, account: { ...still.account, kept: wanted && done.ok, notKept } });
        onChange();
      }
      return ok(null);
    });
  }

  return {
    keep,
    async keepAll(wanted) {
      const keys = wanted
        ? [...opened.keys()]
        : [...new Set([...known.all().map(({ key }) => key), ...opened.keys()])];
      const results = await Promise.all(keys.map((key) => keep(key, wanted)));
      return results.find(({ ok }) => !ok) ?? ok(null);
    },
    forget,
    forgetRefused: (key, refused) =>
      inTurn(async () => {
        const kept = await vault.recall(key);
        if (kept === null || isDeepStrictEqual(kept, { ...refused })) await drop(key);
      }),
    async renew(key, session) {
      const whose = opened.get(key);
      if (whose?.account.session !== session) return;
      if (whose.account.kept) await keep(key, true);
    },
  };
}
