import { Text } from '@mantine/core';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { plural } from '../../words/plural.ts';
import { createHistoryStore, isFiltered } from './history-store.ts';

/** How many downloads there are, or fit the search. */
export function HistoryCount() {
  const { total, filters } = useStore(useSharedStore(createHistoryStore));
  const filtered = isFiltered(filters);
  return (
    <Text size="sm" c="dimmed" role="status" style={{ whiteSpace: 'nowrap' }}>
      {total !== null && (filtered || total > 0) && `${plural(total, 'download')}${filtered ? ' found' : ''}`}
    </Text>
  );
}
