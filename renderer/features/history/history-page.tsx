import { Button } from '@mantine/core';
import { IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { GridSkeleton } from '../../ui/grid-skeleton.tsx';
import { Page } from '../../ui/page.tsx';
import { CheckFolder } from '../check-folder/check-folder.tsx';
import { HistoryCount } from './history-count.tsx';
import { HistoryFilterBar } from './history-filter-bar.tsx';
import { HistoryGrid } from './history-grid.tsx';
import { HistorySearch } from './history-search.tsx';
import { createHistoryStore, isFiltered, noFilters } from './history-store.ts';

/** Every download that ever came to an end. */
export function HistoryPage() {
  const cdr = useCdr();
  const store = useSharedStore(createHistoryStore);
  const { total, filters, failure, loading, refresh, filter } = useStore(store);
  useEffect(() => {
    const again = () => void store.getState().refresh();
    again();
    return cdr.on('history.changed', again);
  }, [cdr, store]);
  const filtered = isFiltered(filters);
  const hasFilters = filtered || (total ?? 0) > 0;
  return (
    <Page
      title="History"
      actions={
        <>
          <HistoryCount />
          {hasFilters && <HistorySearch />}
          <CheckFolder />
        </>
      }
    >
      {hasFilters && <HistoryFilterBar />}
      {failure && (
        <FailureAlert
          failure={failure}
          action={{ label: 'Try again', onClick: () => void refresh(), busy: loading }}
        />
      )}
      {total === null && failure === null && <GridSkeleton label="Loading the history" />}
      {total === 0 && !filtered && (
        <EmptyState icon={IconHistory} title="Nothing downloaded yet">
          Every file that you download is remembered here: when it came, where it was saved, and whether its
          checksum was right.
        </EmptyState>
      )}
      {total === 0 && filtered && (
        <EmptyState
          icon={IconSearchOff}
          title="Nothing fits"
          action={
            <Button variant="default" onClick={() => void filter(noFilters)}>
              Clear search and filters
            </Button>
          }
        >
          No download fits this search and these filters. Try fewer words or a longer period.
        </EmptyState>
      )}
      {total !== null && total > 0 && <HistoryGrid />}
    </Page>
  );
}
