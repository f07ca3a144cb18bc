/** From the options of a command line to the fields of a sign-in, by what the system declares. Pure. */
import { type SignInDeclaration, type SignInField, shownSignInFields } from '../contract/account.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { AccountOptions } from './options.ts';

export interface SignInFields {
  /** Those that may be seen, by id, with the first option of a choice that was not made. */
  readonly fields: Readonly<Record<string, string>>;
  /** Those that may not, and go with the others: still to be read. */
  readonly secrets: readonly SignInField[];
}

/** The field for the fingerprint of the certificate that a person trusts. */
const CERTIFICATE = 'certificate';

/** What the options say of a sign-in. Fails with a sentence for a person, which repeats no value: it may be a secret. */
export function readSignInFields(
  declaration: SignInDeclaration,
  { account, certificate, field }: Pick<AccountOptions, 'account' | 'certificate' | 'field'>,
): Result<SignInFields, string> {
  const wrong = (why: string) => failed(`${why}\n${signInUsage(declaration)}`);
  const given = new Map<string, string>();
  for (const text of field) {
    const equals = text.indexOf('=');
    if (equals < 1) return wrong('--field takes ID=VALUE.');
    given.set(text.slice(0, equals), text.slice(equals + 1));
  }
  if (certificate !== undefined) given.set(CERTIFICATE, certificate);
  for (const [id, value] of given) {
    const why = problemWith(declaration, id, value);
    if (why !== null) return wrong(why);
  }
  const named = accountField(declaration, Object.fromEntries(given));
  if (account !== undefined) {
    if (!named) return wrong('--account is not for this sign-in.');
    if (given.has(named.id)) return wrong(`--account and --field ${named.id} say the same.`);
    given.set(named.id, account);
  }
  const typed = Object.fromEntries(given);
  const shown = shownSignInFields(declaration, typed);
  const hidden = [...given.keys()].find((id) => !shown.some((one) => one.id === id));
  if (hidden !== undefined) return wrong(`--field ${hidden} does not go with the other fields.`);
  const fields: Record<string, string> = {};
  for (const { id, secret, options, optional } of shown) {
    const value = typed[id] ?? options?.[0]?.value ?? '';
    const optionFor = id === named?.id ? '--account' : `--field ${id}=VALUE`;
    if (!secret && value.trim() === '' && !optional) return wrong(`Give ${optionFor}.`);
    if (!secret && value !== '') fields[id] = value;
  }
  return ok({ fields, secrets: shown.filter(({ secret }) => secret) });
}

/** The field that `--account` fills: the first that has to be typed and may be seen. */
function accountField(
  declaration: SignInDeclaration,
  typed: Readonly<Record<string, string>>,
): SignInField | undefined {
  return shownSignInFields(declaration, typed).find(
    ({ secret, options, optional, advanced }) => !secret && !options && !optional && !advanced,
  );
}

function problemWith({ fields }: SignInDeclaration, id: string, value: string): string | null {
  const field = fields.find((one) => one.id === id);
  if (!field)
    return id === CERTIFICATE ? '--certificate is not for this system.' : `--field ${id} is not known.`;
  if (field.secret) return `--field ${id} is a secret, which comes from standard input only.`;
  const { options } = field;
  if (!options || options.some((option) => option.value === value)) return null;
  return `--field ${id} takes one of: ${options.map((option) => option.value).join(', ')}.`;
}

/** Of a longer choice, the beginning is enough to see what it is about. */
const MOST_VALUES = 6;

/** What a sign-in takes: `yeastar-s signs in with: userName, apiVersion=auto|v2.0.0; secret: password`. */
export function signInUsage({ provider, fields }: SignInDeclaration): string {
  const usage = ({ id, options, optional, file }: SignInField) => {
    const values = options?.map(({ value }) => value) ?? [];
    const more = values.length > MOST_VALUES ? ['...'] : [];
    const named = file ? `${id}=FILE` : id;
    const takes = options ? `${id}=${[...values.slice(0, MOST_VALUES), ...more].join('|')}` : named;
    return optional || options ? `[${takes}]` : takes;
  };
  const of = (secret: boolean) =>
    fields
      .filter((field) => field.secret === secret)
      .map(usage)
      .join(', ');
  return `${provider} signs in with: ${[of(false), `secret: ${of(true)}`].join('; ')}`;
}
