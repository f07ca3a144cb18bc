import { ActionIcon, Popover } from '@mantine/core';
import { DatePicker, MonthPicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import type { Range } from '../../electron/contract/calendar.ts';
import classes from './period-field.module.css';

type Ends = [string | null, string | null];

interface PeriodFieldCalendarProps {
  readonly kind: 'days' | 'months';
  /** The accessible name of the button that opens it. */
  readonly buttonLabel: string;
  readonly opened: boolean;
  readonly onToggle: (opened: boolean) => void;
  /** What can be read in the boxes now. */
  readonly value: Partial<Range>;
  /** The last day that can be chosen. */
  readonly today: string;
  readonly onChoose: (range: Range) => void;
}

/** The button inside a box that opens the calendar. Choosing there is done when both ends are chosen. */
export function PeriodFieldCalendar({
  buttonLabel,
  opened,
  onToggle,
  ...calendar
}: PeriodFieldCalendarProps) {
  return (
    <Popover
      opened={opened}
      onChange={onToggle}
      trapFocus
      returnFocus
      position="bottom-end"
      shadow="md"
      withinPortal
    >
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={buttonLabel} onClick={() => onToggle(!opened)}>
          <IconCalendar size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Calendar
          {...calendar}
          onChoose={(range) => {
            calendar.onChoose(range);
            onToggle(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

const yearLabels = {
  previousYear: 'Earlier year',
  nextYear: 'Later year',
  previousDecade: 'Earlier years',
  nextDecade: 'Later years',
};

type CalendarProps = Pick<PeriodFieldCalendarProps, 'kind' | 'value' | 'today' | 'onChoose'>;

function Calendar({ kind, value, today, onChoose }: CalendarProps) {
  const asDays = (date: string | undefined) => (date?.length === 7 ? `${date}-01` : (date ?? null));
  const [ends, setEnds] = useState<Ends>(() => {
    const both: Ends = [asDays(value.from), asDays(value.to)];
    return both.includes(null) || String(both[0]) > String(both[1]) ? [null, null] : both;
  });
  const start = asDays(value.from) ?? asDays(value.to) ?? today;
  const choose = ([from, to]: Ends) => {
    setEnds([from, to]);
    if (from === null || to === null) return;
    const length = kind === 'days' ? 10 : 7;
    onChoose({ from: from.slice(0, length), to: to.slice(0, length) });
  };
  const shared = {
    type: 'range',
    value: ends,
    onChange: choose,
    defaultDate: start,
    maxDate: today,
    allowSingleDateInRange: true,
  } as const;
  const focused = (date: string) => (date === (ends[0] ?? start) ? { 'data-autofocus': true } : {});
  return (
    <>
      <div className={classes.hint}>
        {ends[0] !== null && ends[1] === null
          ? `Now choose the last ${kind === 'days' ? 'day' : 'month'}.`
          : `Choose the first and the last ${kind === 'days' ? 'day' : 'month'}.`}
      </div>
      {kind === 'days' ? (
        <DatePicker
          {...shared}
          numberOfColumns={2}
          getDayProps={focused}
          ariaLabels={{ ...yearLabels, previousMonth: 'Earlier month', nextMonth: 'Later month' }}
          // A weekend is a day like any other here; in red it would read as an error.
          weekendDays={[]}
        />
      ) : (
        <MonthPicker {...shared} getMonthControlProps={focused} ariaLabels={yearLabels} />
      )}
    </>
  );
}
