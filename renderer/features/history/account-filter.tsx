import { useAccounts } from '../../bridge/use-accounts.ts';
import { accountChoices } from './account-choices.ts';
import { FilterChoice } from './filter-choice.tsx';

interface AccountFilterProps {
  /** The account's key; null: all of them. */
  readonly value: string | null;
  readonly onChange: (key: string | null) => void;
}

/** All accounts, or one. Not there while there is nothing to choose. */
export function AccountFilter({ value, onChange }: AccountFilterProps) {
  const choices = accountChoices(useAccounts());
  if (choices.length < 2 && value === null) return null;
  return (
    <FilterChoice
      label="Account"
      all="All accounts"
      words="long"
      choices={choices}
      value={value}
      onChange={onChange}
    />
  );
}
