import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import type { Range } from '../../electron/contract/calendar.ts';
import type { PeriodField as Declaration } from '../../electron/contract/report.ts';
import { formatDayOrMonth } from '../words/format-date.ts';
import type { FieldRemarks, PeriodDraft } from './criteria-form-draft.ts';
import classes from './period-field.module.css';
import { PeriodFieldCalendar } from './period-field-calendar.tsx';
import { presetsOf } from './period-field-presets.ts';
import { whenReleased } from './when-released.ts';

interface PeriodFieldProps {
  readonly field: Declaration;
  readonly draft: PeriodDraft;
  /** What stands in the boxes. */
  readonly texts: Range;
  /** What can be read in them. */
  readonly value: Partial<Range>;
  readonly remarks: FieldRemarks;
  /** True once the person asked to go on: until then nothing is said about a box that is being typed in. */
  readonly pointOut: boolean;
  readonly today: string;
  readonly onChange: (draft: PeriodDraft) => void;
}

/** A period: ready-made ones to press, and two boxes to type into or to fill from a calendar. */
export function PeriodField({ field, draft, texts, value, remarks, pointOut, ...more }: PeriodFieldProps) {
  const { today, onChange } = more;
  const [typing, setTyping] = useState(false);
  const [openBox, setOpenBox] = useState<'from' | 'to' | null>(null);
  const errorId = useId();
  const shown = typing && !pointOut ? {} : remarks;

  const inWords = (end: 'from' | 'to') => {
    if (value[end] !== undefined) return formatDayOrMonth(value[end]);
    // A blank keeps the height while there is nothing to say.
    return shown[end] === undefined ? '\u00a0' : undefined;
  };
  const box = (end: 'from' | 'to', label: string) => (
    <TextInput
      label={label}
      value={texts[end]}
      autoComplete="off"
      spellCheck={false}
      description={inWords(end)}
      error={shown[end] ?? shown.error !== undefined}
      onChange={(event) => {
        setTyping(true);
        onChange({ preset: null, ...texts, [end]: event.currentTarget.value });
      }}
      onBlur={() => whenReleased(() => setTyping(false))}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        setOpenBox(end);
      }}
      rightSection={
        <PeriodFieldCalendar
          kind={field.kind}
          buttonLabel={end === 'from' ? 'Open start calendar' : 'Open end calendar'}
          opened={openBox === end}
          onToggle={(opened) => setOpenBox(opened ? end : null)}
          value={value}
          today={today}
          onChoose={(range) => onChange({ preset: null, ...range })}
        />
      }
    />
  );

  return (
    <fieldset className={classes.field} {...(shown.error !== undefined && { 'aria-describedby': errorId })}>
      <legend className={classes.legend}>{field.label}</legend>
      <div className={classes.presets}>
        {presetsOf(field).map(({ id, label }) => (
          <Button
            key={id}
            size="xs"
            variant="default"
            className={classes.preset ?? ''}
            aria-pressed={draft.preset === id}
            onClick={() => onChange({ preset: id })}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className={classes.boxes}>
        {box('from', 'From')}
        {box('to', 'To')}
      </div>
      {shown.error !== undefined && (
        <p id={errorId} role="alert" className={classes.error}>
          {shown.error}
        </p>
      )}
      {shown.warning !== undefined && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} aria-hidden />
          {shown.warning}
        </p>
      )}
    </fieldset>
  );
}
