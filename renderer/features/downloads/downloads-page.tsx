import { Button } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { GridSkeleton } from '../../ui/grid-skeleton.tsx';
import { Page } from '../../ui/page.tsx';
import { DownloadsGrid } from './downloads-grid.tsx';
import { createDownloadsStore } from './downloads-store.ts';
import { FailedSummary } from './failed-summary.tsx';
import { HoldBanner } from './hold-banner.tsx';
import { QueueButtons } from './queue-buttons.tsx';
import { TotalProgress } from './total-progress.tsx';

/** The download queue. */
export function DownloadsPage() {
  const { queue, failure, loading, reload } = useStore(useSharedStore(createDownloadsStore));
  return (
    <Page title="Downloads" actions={<QueueButtons queue={queue} />}>
      {failure && (
        <FailureAlert
          failure={failure}
          action={{ label: 'Try again', onClick: () => void reload(), busy: loading }}
        />
      )}
      {queue === null && failure === null && <GridSkeleton label="Loading the downloads" />}
      {queue !== null && queue.downloads.length === 0 && <NoDownloads />}
      {queue !== null && queue.downloads.length > 0 && (
        <>
          <HoldBanner hold={queue.hold} totals={queue.totals} downloads={queue.downloads} />
          <TotalProgress totals={queue.totals} />
          <FailedSummary queue={queue} />
          <DownloadsGrid queue={queue} />
        </>
      )}
    </Page>
  );
}

function NoDownloads() {
  const [, navigate] = useLocation();
  const { account } = useAccounts();
  return (
    <EmptyState
      icon={IconDownload}
      title="No downloads"
      action={
        <Button leftSection={<IconSearch size={16} aria-hidden />} onClick={() => navigate('/find')}>
          {account === null ? 'Sign in to find files' : 'Find files to download'}
        </Button>
      }
    >
      Files that you choose under Find files are fetched here, a few at a time, and checked when they have
      arrived. Finished ones stay in History.
    </EmptyState>
  );
}
