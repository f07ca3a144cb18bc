import { z } from 'zod';
import type { Failure } from './failure.ts';

/** One thing to type when signing in, declared by the provider. */
export interface SignInField {
  readonly id: string;
  readonly label: string;
  readonly secret: boolean;
  /** Where an administrator finds the value, or what it is for. */
  readonly help?: string;
  /** Fixed values to choose from; the first one is the default. Left out: it is typed. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** True when it may stay empty. */
  readonly optional?: boolean;
  /** Belongs under "Advanced": most people leave it as it is. */
  readonly advanced?: boolean;
  /** The field is part of the form only while another field has one of these values. */
  readonly shownWhen?: { readonly field: string; readonly is: readonly string[] };
  /** It is picked instead of typed: a file with certificates to trust for this account, as `chooseCertificates` reads it. */
  readonly file?: 'certificates';
}

/** How one signs in to a system, as data. */
export interface SignInDeclaration {
  readonly provider: string;
  readonly label: string;
  readonly fields: readonly SignInField[];
  /** Empty where every customer has an address of their own: then it is asked for first, with `addressHelp`. */
  readonly defaultServerAddress: string;
  readonly addressHelp?: string;
  /** What a person should know before signing in, one sentence each. */
  readonly notes?: readonly string[];
}

/** The fields that are part of the form for what is typed or chosen so far. */
export function shownSignInFields(
  { fields }: Pick<SignInDeclaration, 'fields'>,
  typed: Readonly<Record<string, string>>,
): readonly SignInField[] {
  const chosen = (id: string) =>
    typed[id] || (fields.find((one) => one.id === id)?.options?.[0]?.value ?? '');
  return fields.filter(({ shownWhen }) => !shownWhen || shownWhen.is.includes(chosen(shownWhen.field)));
}

/** Characters. Room for a file with the certificates of a company. */
export const LONGEST_FIELD = 50_000;

export const signInSchema = z.object({
  provider: z.string().max(100),
  /** By field id. Never stored by the renderer, never sent back to it. */
  fields: z.record(z.string(), z.string().max(LONGEST_FIELD)),
  serverAddress: z.string().max(2000),
  keep: z.boolean(),
});
export type SignIn = z.infer<typeof signInSchema>;

/** An account that this computer knows. Tokens and passwords are never part of it. */
export interface KnownAccount {
  /** Tells accounts apart in the queue and the history. */
  readonly key: string;
  readonly provider: string;
  readonly providerLabel: string;
  readonly accountName: string;
  readonly serverAddress: string;
  /** What was typed when signing in, by field id, without the secrets. */
  readonly fields: Readonly<Record<string, string>>;
  readonly demo: boolean;
  readonly status: 'signed-in' | 'signed-out';
  /** Why it is signed out, when it was not the person's own wish. */
  readonly failure: Failure | null;
  /** When a person has to sign in again at the latest, where that is known: milliseconds since 1970, UTC. */
  readonly signInEndsAt: number | null;
  /** How far the service's clock is ahead of this computer's, in milliseconds; 0 for up to a minute, and until known. */
  readonly clockOffMs: number;
  /** Where its files go; null: where those of all accounts go. */
  readonly folder: string | null;
  /** How many of its files are downloaded at the same time; null: as many as of all accounts together. */
  readonly filesAtOnce: number | null;
  /** True when the password is kept on this computer. */
  readonly kept: boolean;
  /** Set when it should have been kept but could not be. */
  readonly notKept: Failure | null;
}

export interface AccountState {
  /** In the order in which they were added. */
  readonly accounts: readonly KnownAccount[];
  /** The key of the account that the screens are about, which is signed in; null: nobody is. */
  readonly current: string | null;
  /** Why nobody is signed in, when it was not the person's own wish. */
  readonly failure: Failure | null;
}

/** The account that the screens are about. */
export const currentAccount = ({ accounts, current }: AccountState): KnownAccount | null =>
  accounts.find(({ key }) => key === current) ?? null;
