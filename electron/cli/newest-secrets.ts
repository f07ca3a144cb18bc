/**
 * What a service gives in place of a secret from standard input, such as a newer refresh token: kept where passwords are,
 * for the next run that brings the same secret.
 */
import { createHash } from 'node:crypto';
import { newestSecretsKey } from '../accounts/account.ts';
import type { SignInField } from '../contract/account.ts';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, type Result } from '../contract/result.ts';
import type { SecretVault } from '../credentials/secret-vault.ts';

type Fields = Readonly<Record<string, string>>;

export interface NewestSecretsOptions {
  /** Those of the sign-in that may not be seen. */
  readonly secrets: readonly SignInField[];
  /** What was typed, the secrets too. */
  readonly typed: Fields;
  readonly accountKey: string;
  /** Null: here is no safe place for a secret. */
  readonly vault: SecretVault | null;
  /** A newer value of this secret came and could not be kept. Called once for each. */
  onNotKept(secret: SignInField, why: Failure): void;
}

export interface NewestSecrets {
  /** The newest of what came in place of the secrets that were typed; null: nothing did, as far as is known. */
  recall(): Promise<Fields | null>;
  /** Keeps what came now, as `SessionOptions.remember` promises. */
  remember(newer: Fields): Promise<void>;
  /** What was recalled is refused: from here on, what was typed counts. */
  fallBack(): void;
  /** What was typed has worked in its place: forgets what was recalled, unless something newer has come since. */
  forgetRefused(): Promise<void>;
}

/** Says which secret a newer one belongs to. */
const originKey = (id: string) => `${id} came for`;
const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

export function createNewestSecrets(options: NewestSecretsOptions): NewestSecrets {
  const { secrets, typed, accountKey, vault, onNotKept } = options;
  const place = newestSecretsKey(accountKey);
  const told = new Set<string>();
  let current = typed;

  /** The window's own sign-in with the very secret that has been replaced would not work any more. */
  async function renewAccount(before: Fields, newer: Fields, changed: readonly SignInField[]): Promise<void> {
    const kept = await vault?.recall(accountKey);
    if (kept && changed.every(({ id }) => kept[id] === before[id])) {
      await vault?.keep(accountKey, { ...kept, ...newer });
    }
  }

  async function keep(): Promise<Result<null>> {
    if (!vault) return failed(failure('no-secure-storage', 'not the installed application'));
    const replaced = secrets.filter(({ id }) => current[id] !== typed[id]);
    const values = replaced.flatMap(({ id }) => [
      [id, current[id] ?? ''],
      [originKey(id), digestOf(typed[id] ?? '')],
    ]);
    return vault.keep(place, Object.fromEntries(values));
  }

  return {
    async recall() {
      const kept = (await vault?.recall(place)) ?? {};
      const newest = Object.fromEntries(
        secrets.flatMap(({ id }) => {
          const value = kept[id];
          const isOfTyped = kept[originKey(id)] === digestOf(typed[id] ?? '');
          return value !== undefined && isOfTyped ? [[id, value]] : [];
        }),
      );
      if (Object.keys(newest).length === 0) return null;
      current = { ...typed, ...newest };
      return newest;
    },

    async remember(newer) {
      // A provider leaves out the blanks around what was typed.
      const changed = secrets.filter(
        ({ id }) => newer[id] !== undefined && newer[id].trim() !== current[id]?.trim(),
      );
      if (changed.length === 0) return;
      const before = current;
      current = { ...current, ...newer };
      const done = await keep();
      await renewAccount(before, newer, changed);
      if (done.ok) return;
      for (const secret of changed.filter(({ id }) => !told.has(id))) {
        told.add(secret.id);
        onNotKept(secret, done.failure);
      }
    },

    fallBack() {
      current = typed;
    },

    async forgetRefused() {
      if (current === typed) await vault?.forget(place);
    },
  };
}
