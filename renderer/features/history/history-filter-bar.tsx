import { DateInput } from '@mantine/dates';
import { useStore } from 'zustand';
import type { Day } from '../../../electron/contract/calendar.ts';
import { type HistoryPage, outcomes } from '../../../electron/contract/history.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { localDateOrder, parseTypedDay } from '../../ui/period-field-parse.ts';
import { outcomeLabels } from '../../words/outcome-text.ts';
import { AccountFilter } from './account-filter.tsx';
import { clearButton } from './clear-button.ts';
import { FilterChoice } from './filter-choice.tsx';
import classes from './history.module.css';
import { createHistoryStore } from './history-store.ts';

/** Typed days are read as on the Find screen; what can't be read is no filter. */
function readDay(text: string): string | null {
  const typed = parseTypedDay(text, localDateOrder());
  return typed.ok ? typed.value : null;
}

const reportChoices = (reports: HistoryPage['reports']) =>
  reports.map(({ id, title }) => ({ value: id, label: title }));

const outcomeChoices = outcomes.map((value) => ({ value, label: outcomeLabels[value] }));

/** What narrows the history, beside words to search for. */
export function HistoryFilterBar() {
  const { filters, filter, reports } = useStore(useSharedStore(createHistoryStore));
  return (
    <div className={classes.filters}>
      <FilterChoice
        label="Report"
        all="All reports"
        choices={reportChoices(reports)}
        value={filters.reportId}
        onChange={(reportId) => void filter({ reportId })}
      />
      <FilterChoice
        label="Outcome"
        all="All outcomes"
        words="short"
        choices={outcomeChoices}
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
      clearButtonProps={clearButton(label)}
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
