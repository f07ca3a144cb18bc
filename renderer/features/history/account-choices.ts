import type { AccountState } from '../../../electron/contract/account.ts';
import { accountText } from '../../words/account-text.ts';

/** The accounts to narrow the history to, the one that the screens are about first. */
export function accountChoices({
  accounts,
  current,
}: Pick<AccountState, 'accounts' | 'current'>): readonly { value: string; label: string }[] {
  const choices = accounts.map((account) => ({
    value: account.key,
    label: account.key === current ? `This account: ${account.accountName}` : accountText(account),
  }));
  return [
    ...choices.filter(({ value }) => value === current),
    ...choices.filter(({ value }) => value !== current),
  ];
}
