import { Select, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Day } from '../../../electron/contract/calendar.ts';
import { outcomes } from '../../../electron/contract/history.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { localDateOrder, parseTypedDay } from '../../ui/period-field-parse.ts';
import { outcomeLabels } from '../../words/outcome-text.ts';
import { AccountFilter } from './account-filter.tsx';
import classes from './history.module.css';
import { createHistoryStore } from './history-store.ts';

/** Typed days are read as on the Find screen; what can't be read is no filter. */
function readDay(text: string): string | null {
  const typed = parseTypedDay(text, localDateOrder());
  return typed.ok ? typed.value : null;
}

const outcomeChoices = outcomes.map((value) => ({ value, label: outcomeLabels[value] }));

const clearButton = { 'aria-label': 'Clear this filter' };

/** What narrows the history. */
export function HistoryFilterBar() {
  const { filters, filter, reports } = useStore(useSharedStore(createHistoryStore));
  return (
    <div className={classes.filters}>
      <SearchBox text={filters.text} onSearch={(text) => void filter({ text })} />
      <Select
        className={classes.choice ?? ''}
        label="Report"
        placeholder="All reports"
        clearable
        clearButtonProps={clearButton}
        data={reports.map(({ id, title }) => ({ value: id, label: title }))}
        value={filters.reportId}
        onChange={(reportId) => void filter({ reportId })}
      />
      <Select
        className={classes.choice ?? ''}
        label="Outcome"
        placeholder="All outcomes"
        clearable
        clearButtonProps={clearButton}
        data={outcomeChoices}
        value={filters.outcome}
        onChange={(outcome) => void filter({ outcome })}
      />
      <AccountFilter value={filters.accountKey} onChange={(accountKey) => void filter({ accountKey })} />
      <div className={classes.period}>
        <DayFilter
          label="From"
          value={filters.from}
          limits={filters.to === null ? {} : { maxDate: filters.to }}
          onChange={(from) => void filter({ from })}
        />
        <DayFilter
          label="To"
          value={filters.to}
          limits={filters.from === null ? {} : { minDate: filters.from }}
          onChange={(to) => void filter({ to })}
        />
      </div>
    </div>
  );
}

interface DayFilterProps {
  readonly label: string;
  readonly value: Day | null;
  readonly limits: { readonly minDate?: Day; readonly maxDate?: Day };
  readonly onChange: (day: Day | null) => void;
}

function DayFilter({ label, value, limits, onChange }: DayFilterProps) {
  return (
    <DateInput
      className={classes.date ?? ''}
      label={label}
      placeholder="Any day"
      clearable
      clearButtonProps={clearButton}
      valueFormat="YYYY-MM-DD"
      dateParser={readDay}
      value={value}
      onChange={onChange}
      previousLabel="Previous month"
      nextLabel="Next month"
      hideOutsideDates
      popoverProps={{ withinPortal: false }}
      {...limits}
    />
  );
}

const PAUSE_IN_TYPING_MS = 250;

function SearchBox({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const searchSoon = useDebouncedCallback(onSearch, PAUSE_IN_TYPING_MS);
  useEffect(() => setTyped(text), [text]);
  return (
    <TextInput
      className={classes.search ?? ''}
      type="search"
      label="Search history"
      placeholder="Name, report, account or folder"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchSoon(event.currentTarget.value);
      }}
    />
  );
}
