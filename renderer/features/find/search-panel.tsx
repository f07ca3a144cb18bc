import { Alert, Button, Group, Progress, Switch, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { failureText } from '../../words/failure-text.ts';
import { formatTime } from '../../words/format-date.ts';
import { type FindState, foundReport, type Search } from './find-state.ts';
import { foundText, progressPercent, progressText } from './found-words.ts';
import classes from './search-panel.module.css';
import { useFind } from './use-find.ts';

/** How the search goes, and what came of it. The one place of the screen that speaks up by itself. */
export function SearchPanel() {
  const { search, found, cancel, tryAgain } = useFind(({ search, found, cancel, tryAgain }) => ({
    search,
    found,
    cancel,
    tryAgain,
  }));
  const madeOnDemand = useFind((state) => foundReport(state)?.madeOnDemand ?? false);
  const panel = useRef<HTMLDivElement>(null);
  const status = useRef(search.status);
  useEffect(() => {
    // The button that was pressed is gone with the old state: the keyboard goes on from here.
    if (status.current !== search.status && document.activeElement === document.body)
      panel.current?.focus({ preventScroll: true });
    status.current = search.status;
  }, [search.status]);
  return (
    <div ref={panel} tabIndex={-1} className={classes.panel}>
      <div className={classes.line}>
        <div role="status" className={classes.status}>
          {statusText(search, found, madeOnDemand)}
        </div>
        {search.status === 'running' && (
          <Button size="xs" variant="default" onClick={cancel}>
            Cancel
          </Button>
        )}
      </div>
      {search.status === 'running' && <SearchProgress percent={progressPercent(search.progress)} />}
      {search.status === 'failed' && (
        <FailureAlert
          failure={search.failure}
          action={{ label: 'Try again', onClick: () => void tryAgain() }}
        />
      )}
      {search.status === 'not-ready' && <NotReady search={search} />}
    </div>
  );
}

function statusText(search: Search, found: FindState['found'], madeOnDemand: boolean): string {
  switch (search.status) {
    case 'running':
      return progressText(search.progress);
    case 'stopped':
      return 'Stopped looking.';
    case 'failed':
    case 'not-ready':
      return '';
    case 'idle':
      return found ? foundText(found.files.files, madeOnDemand) : '';
  }
}

function SearchProgress({ percent }: { percent: number | null }) {
  const unknown = percent === null;
  return (
    <Progress.Root size="sm">
      <Progress.Section
        value={percent ?? 100}
        animated={unknown}
        aria-label="Looking for files"
        {...(unknown && { withAria: false, role: 'progressbar' })}
      />
    </Progress.Root>
  );
}

/** No error: the service makes its reports once a day, and this one is not done yet. */
function NotReady({ search }: { search: Extract<Search, { status: 'not-ready' }> }) {
  const { tryAgain, setTryByItself } = useFind(({ tryAgain, setTryByItself }) => ({
    tryAgain,
    setTryByItself,
  }));
  const { failure, waiting, nextTryAt } = search;
  return (
    <Alert
      classNames={{ root: classes.waiting ?? '', icon: classes.waitingIcon ?? '' }}
      icon={<IconHourglass aria-hidden />}
      title={failureText(failure).headline}
    >
      <Text size="sm">Nothing is wrong. The files can be listed as soon as the service is done.</Text>
      <Group mt="sm" gap="md">
        <Switch
          label="Try again by itself"
          checked={waiting.byItself}
          onChange={(event) => setTryByItself(event.currentTarget.checked)}
        />
        <Button size="xs" variant="default" onClick={() => void tryAgain()}>
          Try now
        </Button>
        {nextTryAt !== null && <Text size="sm">Next try at {formatTime(nextTryAt)}</Text>}
      </Group>
    </Alert>
  );
}
