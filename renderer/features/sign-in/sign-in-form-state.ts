import {
  type KnownAccount,
  type SignIn,
  type SignInDeclaration,
  type SignInField,
  shownSignInFields,
} from '../../../electron/contract/account.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { addressProblem } from '../../words/server-address.ts';

/** What is typed, chosen and ticked. Fields by their id; a choice that was not made is absent or empty. */
export interface SignInDraft {
  readonly fields: Readonly<Record<string, string>>;
  readonly serverAddress: string;
  readonly keep: boolean;
}

/** What this computer knows that saves typing. Nothing of it is secret. */
export interface SignInMemory {
  readonly settings: SettingsView | null;
  readonly accounts: readonly KnownAccount[];
  /** The account to sign in with again; null: one that is new here. */
  readonly again: KnownAccount | null;
}

/** The field that the trusted fingerprint goes into, where a system can be trusted by it. */
export const CERTIFICATE_FIELD = 'certificate';

export const takesCertificate = ({ fields }: SignInDeclaration): boolean =>
  fields.some(({ id }) => id === CERTIFICATE_FIELD);

/** True where every customer has an address of their own, so that it is asked for before anything else. */
export const asksForAddress = ({ defaultServerAddress, addressHelp }: SignInDeclaration): boolean =>
  defaultServerAddress === '' || addressHelp !== undefined;

/** The first draft: of the account to sign in with again, or else an empty one. Never a secret. */
export function firstDraft(
  system: SignInDeclaration,
  { settings, accounts, again }: SignInMemory,
): SignInDraft {
  const isLast = system.provider === (settings?.lastProvider ?? system.provider);
  const known = again?.provider === system.provider ? again : null;
  // An older version remembers the name alone.
  const lastName = isLast && accounts.length === 0 ? (settings?.lastAccountName ?? '') : '';
  const settled = isLast && !asksForAddress(system) ? settings?.serverAddress : null;
  return {
    fields: known ? typedOf(system, known) : nameOf(system, lastName),
    serverAddress: known?.serverAddress ?? settled ?? system.defaultServerAddress,
    keep: settings?.canKeepPassword === true && (known?.kept || settings.keepSignedIn),
  };
}

/** An account that was taken over from an older version has its name alone. */
const typedOf = (system: SignInDeclaration, { fields, accountName }: KnownAccount) =>
  Object.keys(fields).length > 0 ? fields : nameOf(system, accountName);

function nameOf({ fields }: SignInDeclaration, name: string): Record<string, string> {
  const field = fields.find(({ secret, options }) => !secret && options === undefined);
  return field && name !== '' ? { [field.id]: name } : {};
}

/** What a field is set to: a choice that was not made is its first option. */
export const fieldValue = ({ id, options }: SignInField, { fields }: SignInDraft): string =>
  fields[id] || (options?.[0]?.value ?? '');

/**
 * True where the draft is still about the account to sign in with again, and that one's secrets are kept: the main
 * process then has them for whatever is left empty here.
 */
export function hasKeptSecrets(
  system: SignInDeclaration,
  draft: SignInDraft,
  again: KnownAccount | null,
): boolean {
  if (!again?.kept || again.provider !== system.provider) return false;
  if (draft.serverAddress.trim() !== again.serverAddress) return false;
  const before = typedOf(system, again);
  return shownSignInFields(system, draft.fields)
    .filter(({ secret, advanced }) => !secret && !advanced)
    .every((field) => {
      const now = fieldValue(field, draft).trim();
      return now === fieldValue(field, { ...draft, fields: before }).trim();
    });
}

export interface DraftProblems {
  readonly fields: Readonly<Record<string, string>>;
  readonly serverAddress: string | null;
}

/** What has to be mended before the draft can be sent; null when nothing has to. `kept`: secrets may stay empty. */
export function draftProblems(
  system: SignInDeclaration,
  draft: SignInDraft,
  kept = false,
): DraftProblems | null {
  const empty = shownSignInFields(system, draft.fields).filter(
    (field) => !field.optional && !(kept && field.secret) && fieldValue(field, draft) === '',
  );
  const isMissing = draft.serverAddress.trim() === '' && system.defaultServerAddress === '';
  const serverAddress = isMissing
    ? 'Type the server address.'
    : addressProblem(draft.serverAddress, asksForAddress(system));
  if (empty.length === 0 && serverAddress === null) return null;
  return {
    fields: Object.fromEntries(empty.map(({ id, label }) => [id, `Type the ${inSentence(label)}.`])),
    serverAddress,
  };
}

/** `Client secret` → `client secret`; `API key` stays as it is. */
const inSentence = (label: string): string =>
  /^.[A-Z]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

/**
 * The draft as it is sent: the fields that are part of the form, without those that were left empty. Spaces around a
 * name are slips; inside a secret they may be meant.
 */
export function signInOf(system: SignInDeclaration, draft: SignInDraft): SignIn {
  const typed = shownSignInFields(system, draft.fields).map((field) => {
    const value = fieldValue(field, draft);
    return [field.id, field.secret ? value : value.trim()] as const;
  });
  return {
    provider: system.provider,
    fields: Object.fromEntries(typed.filter(([, value]) => value !== '')),
    serverAddress: draft.serverAddress.trim() || system.defaultServerAddress,
    keep: draft.keep,
  };
}

/** True when something under "Advanced" is not as it comes. */
export function isAdvancedChanged(system: SignInDeclaration, draft: SignInDraft): boolean {
  const changed = shownSignInFields(system, draft.fields).some(
    (field) => field.advanced && fieldValue(field, draft) !== (field.options?.[0]?.value ?? ''),
  );
  return changed || (!asksForAddress(system) && draft.serverAddress !== system.defaultServerAddress);
}
