import { Select } from '@mantine/core';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { accountChoices } from './account-choices.ts';
import classes from './history.module.css';

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
    <Select
      className={classes.choice ?? ''}
      label="Account"
      placeholder="All accounts"
      clearable
      clearButtonProps={{ 'aria-label': 'Clear this filter' }}
      data={[...choices]}
      value={value}
      onChange={onChange}
    />
  );
}
