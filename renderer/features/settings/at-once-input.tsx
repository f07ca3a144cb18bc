import { NumberInput, type NumberInputProps } from '@mantine/core';
import { MOST_AT_ONCE } from '../../../electron/contract/settings.ts';

const isAllowed = (value: string | number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_AT_ONCE;

interface AtOnceInputProps extends Pick<NumberInputProps, 'label' | 'aria-label' | 'description' | 'w'> {
  readonly typed: string | number;
  readonly onType: (typed: string | number) => void;
  /** Called with each number that can be set. */
  readonly onChange: (files: number) => void;
}

/** A number of files that are downloaded at the same time. */
export function AtOnceInput({ typed, onType, onChange, ...more }: AtOnceInputProps) {
  return (
    <NumberInput
      {...more}
      min={1}
      max={MOST_AT_ONCE}
      allowDecimal={false}
      value={typed}
      error={isAllowed(typed) ? undefined : `Type a number from 1 to ${MOST_AT_ONCE}.`}
      onChange={(value) => {
        onType(value);
        if (isAllowed(value)) onChange(value);
      }}
    />
  );
}
