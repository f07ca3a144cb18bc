import type { KnownAccount, SignInDeclaration } from '../../electron/contract/account.ts';
import { localDay } from '../../electron/contract/calendar.ts';
import { formatDay } from './format-date.ts';
import { formatForecast } from './format-duration.ts';
import { plural } from './plural.ts';
import { hostOf } from './server-address.ts';

type Place = Pick<KnownAccount, 'providerLabel' | 'serverAddress' | 'demo'>;

const whereText = ({ serverAddress, demo }: Pick<Place, 'serverAddress' | 'demo'>): string =>
  demo ? 'sample data' : hostOf(serverAddress);

/** Which system an account is of, and where: `Cisco CCA, pcsprod.webex.com`. */
export const placeText = (place: Place): string => `${place.providerLabel}, ${whereText(place)}`;

/** An account in one line, as in a list to choose from: `acme-machine (Cisco CCA, pcsprod.webex.com)`. */
export const accountText = (account: Place & Pick<KnownAccount, 'accountName'>): string =>
  `${account.accountName} (${placeText(account)})`;

/** What a row says of its account. */
export interface Named {
  readonly accountKey: string;
  readonly accountName: string;
  /** Left out where the account is known for certain. */
  readonly provider?: string;
}

/**
 * What rows, which have little room, call their account: its name, and where another account has the same name its
 * system too, or its place where that is the same as well. One that is not known any more always says its system: no
 * other place tells where to sign in for it.
 */
export function accountNames(
  accounts: readonly KnownAccount[],
  systems: readonly Pick<SignInDeclaration, 'provider' | 'label'>[],
): (row: Named) => string {
  const names = new Map<string, string>();
  for (const account of accounts) {
    const { key, accountName, providerLabel } = account;
    const namesakes = accounts.filter((other) => other.key !== key && other.accountName === accountName);
    const isOnlyOne = namesakes.every((other) => other.providerLabel !== providerLabel);
    const what = isOnlyOne ? providerLabel : whereText(account);
    names.set(key, namesakes.length > 0 ? `${accountName} (${what})` : accountName);
  }
  const labels = new Map(systems.map(({ provider, label }) => [provider, label]));
  return ({ accountKey, accountName, provider = '' }) => {
    const label = labels.get(provider);
    return names.get(accountKey) ?? (label === undefined ? accountName : `${accountName} (${label})`);
  };
}

/** Whether rows have to say which account they are of: there are several, of which some may be forgotten by now. */
export function needAccount(
  rows: readonly Pick<Named, 'accountKey'>[],
  accounts: readonly Pick<KnownAccount, 'key'>[],
): boolean {
  const only = accounts[0]?.key ?? rows[0]?.accountKey;
  return accounts.length > 1 || rows.some(({ accountKey }) => accountKey !== only);
}

/** What an account has of its own: `D:\\CDR, 2 files at once`. */
export function ownText({ folder, filesAtOnce }: Pick<KnownAccount, 'folder' | 'filesAtOnce'>): string {
  const parts = [folder, filesAtOnce === null ? null : `${plural(filesAtOnce, 'file')} at once`];
  return parts.filter((part) => part !== null).join(', ') || 'As for all';
}

const WEEK_MS = 7 * 86_400_000;

/** For the last week before a sign-in ends; null before that, and where it does not end. */
export function signInEndsText(endsAt: number | null, now: number): string | null {
  if (endsAt === null || endsAt - now > WEEK_MS) return null;
  const day = formatDay(localDay(endsAt));
  return `This sign-in ends on ${day}. Sign in again before then, so that no download has to wait.`;
}

const MINUTE_MS = 60_000;

/** On a clock that is wrong by a minute or more; null for one that is right. `offMs`: how far the service's is ahead. */
export function clockText(offMs: number): string | null {
  if (Math.abs(offMs) < MINUTE_MS) return null;
  const long = formatForecast(Math.abs(offMs));
  return (
    `This computer's clock is ${long} ${offMs > 0 ? 'behind' : 'ahead of'} the service's. ` +
    'Downloads work all the same, but please set it: "Yesterday" and other days go by it.'
  );
}
