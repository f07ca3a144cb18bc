import { NativeSelect, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import type { SignInField as Declaration } from '../../../electron/contract/account.ts';
import { CertificateFile } from './certificate-file.tsx';

/** More choices than this go into a list to open. */
const MOST_RADIOS = 4;

interface SignInFieldProps {
  readonly field: Declaration;
  readonly value: string;
  readonly error: string | undefined;
  readonly autoFocus: boolean;
  readonly capsLock: boolean;
  /** True for a secret that need not be typed. */
  readonly kept: boolean;
  readonly onChange: (value: string) => void;
}

/** One thing to type or to choose when signing in, drawn from its declaration. */
export function SignInField({ field, value, error, autoFocus, capsLock, kept, onChange }: SignInFieldProps) {
  const { label, help, options, optional, advanced, secret, file } = field;
  if (options !== undefined) return <Choice field={field} value={value} onChange={onChange} />;
  if (file !== undefined) return <CertificateFile field={field} value={value} onChange={onChange} />;
  const shared = {
    label: optional ? `${label} (optional)` : label,
    value,
    error,
    autoFocus,
    required: !optional && !kept,
    withAsterisk: false,
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return secret ? (
    <PasswordInput
      {...shared}
      // The library marks every invalid field but this kind.
      aria-invalid={error !== undefined}
      placeholder={kept ? 'Kept on this computer' : undefined}
      description={capsLock ? 'Caps Lock is on.' : kept ? 'Type it only if it has changed.' : help}
      autoComplete="current-password"
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': `Show what is typed: ${label}` }}
    />
  ) : (
    <TextInput
      {...shared}
      description={help}
      autoComplete={advanced ? 'off' : 'username'}
      autoCapitalize="none"
    />
  );
}

function Choice({ field, value, onChange }: Pick<SignInFieldProps, 'field' | 'value' | 'onChange'>) {
  const { label, help, options = [] } = field;
  if (options.length > MOST_RADIOS) {
    return (
      <NativeSelect
        label={label}
        description={help}
        data={[...options]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Radio.Group label={label} description={help} value={value} onChange={onChange}>
      <Stack gap={8} py={6}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
