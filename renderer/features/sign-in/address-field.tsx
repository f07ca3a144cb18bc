import { Text, TextInput } from '@mantine/core';
import type { SignInDeclaration } from '../../../electron/contract/account.ts';
import { addressWarning } from '../../words/server-address.ts';

interface AddressFieldProps {
  readonly system: SignInDeclaration;
  readonly value: string;
  readonly error: string | null;
  readonly autoFocus: boolean;
  readonly onChange: (address: string) => void;
}

/** Where the system is. */
export function AddressField({ system, value, error, autoFocus, onChange }: AddressFieldProps) {
  const warning = addressWarning(value);
  const help = system.addressHelp ?? 'Change it only if your service told you to.';
  return (
    <TextInput
      label="Server address"
      description={
        warning === null ? (
          help
        ) : (
          <Text span inherit c="var(--cdr-attention)">
            {warning}
          </Text>
        )
      }
      value={value}
      error={error}
      autoFocus={autoFocus}
      autoComplete="off"
      autoCapitalize="none"
      inputMode="url"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
