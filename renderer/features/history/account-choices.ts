import type { AccountState, KnownAccount } from '../../../electron/contract/account.ts';
import { accountText } from '../../words/account-text.ts';

const shortText = ({ accountName, providerLabel }: KnownAccount): string =>
  `${accountName} · ${providerLabel}`;

/**
 * The accounts to narrow the history to, the one that the screens are about first: `acme-machine · Cisco CCA`, and with
 * the place too where another one reads the same.
 */
export function accountChoices({
  accounts,
  current,
}: Pick<AccountState, 'accounts' | 'current'>): readonly { value: string; label: string }[] {
  const isShared = (one: KnownAccount) =>
    accounts.some((other) => other.key !== one.key && shortText(other) === shortText(one));
  const choices = accounts.map((account) => ({
    value: account.key,
    label: isShared(account) ? accountText(account) : shortText(account),
  }));
  return [
    ...choices.filter(({ value }) => value === current),
    ...choices.filter(({ value }) => value !== current),
  ];
}
