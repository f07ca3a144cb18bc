import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { orNotify } from '../../ui/notify.tsx';
import { shortFailure } from '../../words/failure-text.ts';
import { formatCount, plural } from '../../words/plural.ts';
import classes from './downloads.module.css';
import type { Queue } from './queue.ts';
import { failedByReason } from './totals.ts';

/** One line for many failed files, with a way to try them all again. A single one speaks for itself in its row. */
export function FailedSummary({ queue }: { queue: Queue }) {
  const { downloads } = useCdr();
  if (queue.totals.count.failed < 2) return null;
  const groups = failedByReason(queue.downloads);
  const ids = groups.flatMap((group) => group.ids);
  const reasons = groups.map(
    (group) =>
      `${shortFailure(group.first.failure?.code ?? 'unexpected')} (${formatCount(group.ids.length)})`,
  );
  return (
    <div className={classes.failed} role="status">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden className={classes.failedIcon} />
      <div className={classes.failedText}>
        <strong>{plural(ids.length, 'file')} failed:</strong> {reasons.join(', ')}
      </div>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={15} aria-hidden />}
        onClick={() => void orNotify(downloads.retry(ids))}
      >
        Try failed ones again
      </Button>
    </div>
  );
}
