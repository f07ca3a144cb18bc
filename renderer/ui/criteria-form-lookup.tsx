import { Button, Group, Loader, Select, Text } from '@mantine/core';
import { type FocusEvent, useEffect, useState } from 'react';
import { ALL, type LookupField } from '../../electron/contract/report.ts';
import { failureText } from '../words/failure-text.ts';
import { formatCount } from '../words/plural.ts';
import classes from './criteria-form.module.css';
import type { Loaded } from './loaded.ts';
import { whenReleased } from './when-released.ts';

/** More options than this are not drawn at once: typing narrows them. */
const MOST_OPTIONS = 200;

interface CriteriaFormLookupProps {
  readonly field: LookupField;
  readonly value: string;
  readonly values: Loaded<readonly string[]> | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  /** Asks for the values, the first time and after a failure. */
  readonly onNeeded: () => void;
}

/** A value that the service knows. Typing filters; a text that is none of the values is pointed out, never replaced. */
export function CriteriaFormLookup({
  field,
  value,
  values,
  error,
  onChange,
  onNeeded,
}: CriteriaFormLookupProps) {
  const [unknown, setUnknown] = useState('');
  const missing = values === undefined;
  useEffect(() => {
    if (missing) onNeeded();
  }, [missing, onNeeded]);

  const names = values?.status === 'ready' ? values.value : [];
  const options = [
    ...(field.allLabel === undefined ? [] : [{ value: ALL, label: field.allLabel }]),
    ...names.map((name) => ({ value: name, label: name })),
  ];
  const labelOf = (chosen: string) => options.find((option) => option.value === chosen)?.label ?? '';
  const [text, setText] = useState(() => labelOf(value));
  const loading = values === undefined || values.status === 'loading';
  const leave = (event: FocusEvent<HTMLInputElement>) => {
    const typed = event.currentTarget.value.trim();
    const meant = options.find(({ label }) => label.toLowerCase() === typed.toLowerCase());
    whenReleased(() => setUnknown(meant ? '' : typed));
    const next = meant?.value ?? '';
    if (next !== value) onChange(next);
  };
  return (
    <div>
      <Select
        label={field.label}
        data={options}
        value={value === '' ? null : value}
        onChange={(chosen) => {
          setUnknown('');
          onChange(chosen ?? '');
        }}
        searchable
        searchValue={text}
        onSearchChange={setText}
        // Choosing again what is chosen already changes no value, but the text that was typed meanwhile.
        onOptionSubmit={(chosen) => setText(labelOf(chosen))}
        openOnFocus={false}
        selectFirstOptionOnChange
        allowDeselect={false}
        limit={MOST_OPTIONS}
        withScrollArea={false}
        classNames={{ options: classes.list ?? '' }}
        nothingFoundMessage={loading ? 'The list is on its way…' : 'Nothing in the list fits.'}
        rightSection={loading ? <Loader size={16} /> : undefined}
        description={
          options.length > MOST_OPTIONS
            ? `${formatCount(names.length)} in the list. Type a part of the name to narrow it.`
            : undefined
        }
        error={unknown === '' ? error : `“${unknown}” is not in the list. Choose one that is.`}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={leave}
      />
      {values?.status === 'failed' && (
        <Group gap="xs" mt={6} role="alert">
          <Text size="sm" c="var(--cdr-attention)">
            The list could not be loaded: {failureText(values.failure).headline}
          </Text>
          <Button size="compact-sm" variant="default" onClick={onNeeded}>
            Load the list again
          </Button>
        </Group>
      )}
    </div>
  );
}
