import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import classes from './history.module.css';
import { createHistoryStore } from './history-store.ts';

const PAUSE_IN_TYPING_MS = 250;

/** Words that narrow the history, a moment after they are typed. */
export function HistorySearch() {
  const { filters, filter } = useStore(useSharedStore(createHistoryStore));
  const [typed, setTyped] = useState(filters.text);
  const searchSoon = useDebouncedCallback((text: string) => void filter({ text }), PAUSE_IN_TYPING_MS);
  useEffect(() => setTyped(filters.text), [filters.text]);
  return (
    <TextInput
      className={classes.search ?? ''}
      type="search"
      aria-label="Search history"
      placeholder="Search name, report, account or folder"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchSoon(event.currentTarget.value);
      }}
    />
  );
}
