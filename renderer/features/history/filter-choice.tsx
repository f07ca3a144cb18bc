import { Select } from '@mantine/core';
import { useRef } from 'react';
import { clearButton } from './clear-button.ts';
import classes from './history.module.css';

interface FilterChoiceProps<Value extends string> {
  readonly label: string;
  /** What it says while nothing is chosen. */
  readonly all: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  /** Null: all of them. */
  readonly value: Value | null;
  /** How long its words are. */
  readonly words?: 'short' | 'long';
  readonly onChange: (value: Value | null) => void;
}

/** One of several to narrow the history to, or all of them. */
export function FilterChoice<Value extends string>(props: FilterChoiceProps<Value>) {
  const { label, all, choices, value, words, onChange } = props;
  const input = useRef<HTMLInputElement>(null);
  // The button that was pressed goes away: the keyboard goes on beside it.
  const stay = () => input.current?.focus();
  return (
    <Select
      ref={input}
      className={classes[words ?? 'choice'] ?? ''}
      label={label}
      placeholder={all}
      title={choices.find((choice) => choice.value === value)?.label}
      clearable
      clearSectionMode="clear"
      clearButtonProps={{ ...clearButton(label), onClick: stay }}
      data={[...choices]}
      value={value}
      onChange={onChange}
    />
  );
}
