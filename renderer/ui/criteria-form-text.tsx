import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TextField } from '../../electron/contract/report.ts';
import { whenReleased } from './when-released.ts';

/** As much as criteria may hold. */
const MOST_CHARACTERS = 1000;

interface CriteriaFormTextProps {
  readonly field: TextField;
  /** As it was typed. */
  readonly text: string;
  readonly error: string | undefined;
  /** True once the person asked to go on: then an empty field is pointed out too. */
  readonly pointOut: boolean;
  readonly onChange: (text: string) => void;
}

/** Something typed. What does not look right is pointed out when the field is left, not while it is typed in. */
export function CriteriaFormText({ field, text, error, pointOut, onChange }: CriteriaFormTextProps) {
  const [typing, setTyping] = useState(false);
  const isWrong = text.trim() !== '' && !typing;
  return (
    <TextInput
      label={field.optional ? `${field.label} (optional)` : field.label}
      description={field.help}
      placeholder={field.placeholder}
      value={text}
      error={pointOut || isWrong ? error : undefined}
      required={!field.optional}
      withAsterisk={false}
      maxLength={MOST_CHARACTERS}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => {
        setTyping(true);
        onChange(event.currentTarget.value);
      }}
      onBlur={() => whenReleased(() => setTyping(false))}
    />
  );
}
