import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { DownloadTotals } from '../../../electron/contract/download.ts';
import { mayCancel } from '../../../electron/contract/download-state.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { notifyFailure, notifyUndoable, orNotify } from '../../ui/notify.tsx';
import { plural } from '../../words/plural.ts';
import type { Queue } from './queue.ts';
import { cancellableCount, finishedCount, pausableCount, resumableCount } from './totals.ts';

/** What can be done with the whole queue. A button is disabled while it would do nothing. */
export function QueueButtons({ queue }: { queue: Queue | null }) {
  const { downloads } = useCdr();
  const count = (of: (totals: DownloadTotals) => number): number => (queue === null ? 0 : of(queue.totals));
  const cancelAll = async () => {
    const ids = (queue?.downloads ?? []).filter(({ state }) => mayCancel(state)).map(({ id }) => id);
    const answer = await downloads.cancel('all');
    if (!answer.ok) return notifyFailure(answer.failure);
    notifyUndoable(`${plural(ids.length, 'download')} stopped.`, {
      label: 'Start again',
      onClick: () => void orNotify(downloads.retry(ids)),
    });
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPause size={15} aria-hidden />}
        disabled={count(pausableCount) === 0}
        onClick={() => void orNotify(downloads.pause('all'))}
      >
        Pause all
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={15} aria-hidden />}
        disabled={count(resumableCount) === 0}
        onClick={() => void orNotify(downloads.resume('all'))}
      >
        Resume all
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconX size={15} aria-hidden />}
        disabled={count(cancellableCount) === 0}
        onClick={() => void cancelAll()}
      >
        Cancel all
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={count(finishedCount) === 0}
        onClick={() => void orNotify(downloads.clearFinished())}
      >
        Clear finished
      </Button>
    </>
  );
}
