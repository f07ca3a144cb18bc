import type { SignIn, SignInDeclaration } from '../../../electron/contract/account.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { addressProblem } from '../../words/server-address.ts';

/** What is typed and ticked. Fields by their id. */
export interface SignInDraft {
  readonly fields: Readonly<Record<string, string>>;
  readonly serverAddress: string;
  readonly keep: boolean;
}

/** The first draft: the last account's name and what the settings say, never a secret. */
export function firstDraft(system: SignInDeclaration, settings: SettingsView | null): SignInDraft {
  const nameField = system.fields.find((field) => !field.secret);
  return {
    fields: Object.fromEntries(
      system.fields.map(({ id }) => [id, id === nameField?.id ? (settings?.lastAccountName ?? '') : '']),
    ),
    serverAddress: settings?.serverAddress ?? system.defaultServerAddress,
    keep: settings?.canKeepPassword === true && settings.keepSignedIn,
  };
}

export interface DraftProblems {
  readonly fields: Readonly<Record<string, string>>;
  readonly serverAddress: string | null;
}

/** What has to be mended before the draft can be sent; null when nothing has to. */
export function draftProblems(system: SignInDeclaration, draft: SignInDraft): DraftProblems | null {
  const empty = system.fields.filter(({ id }) => (draft.fields[id] ?? '') === '');
  const serverAddress = addressProblem(draft.serverAddress);
  if (empty.length === 0 && serverAddress === null) return null;
  return {
    fields: Object.fromEntries(
      empty.map(({ id, label }) => [id, `Type the ${label.charAt(0).toLowerCase()}${label.slice(1)}.`]),
    ),
    serverAddress,
  };
}

/** The draft as it is sent. Spaces around a name are slips; inside a secret they may be meant. */
export function signInOf(system: SignInDeclaration, draft: SignInDraft): SignIn {
  return {
    provider: system.provider,
    fields: Object.fromEntries(
      system.fields.map(({ id, secret }) => {
        const typed = draft.fields[id] ?? '';
        return [id, secret ? typed : typed.trim()];
      }),
    ),
    serverAddress: draft.serverAddress.trim() || system.defaultServerAddress,
    keep: draft.keep,
  };
}
