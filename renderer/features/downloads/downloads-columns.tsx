import {
  IconBolt,
  IconFolder,
  IconInfoCircle,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import type { Download } from '../../../electron/contract/download.ts';
import { mayCancel, mayPause, mayResume, mayRetry } from '../../../electron/contract/download-state.ts';
import type { Column } from '../../ui/grid-model.ts';
import { RowButton } from '../../ui/row-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { downloadStatus } from '../../words/download-status.ts';
import { formatSpeed } from '../../words/format-bytes.ts';
import { formatDuration, timeLeft } from '../../words/format-duration.ts';
import { making, makingMsLeft } from '../../words/making-text.ts';
import { hasMoreToSay, insideText } from '../../words/note-text.ts';
import { DownloadProgress } from './download-progress.tsx';
import classes from './downloads.module.css';
import { mayStartNow } from './totals.ts';

/** What the buttons of a row do, by the row's id. */
export interface RowActions {
  readonly pause: (id: number) => void;
  readonly resume: (id: number) => void;
  readonly startNow: (id: number) => void;
  readonly cancel: (id: number) => void;
  readonly retry: (id: number) => void;
  readonly showInFolder: (id: number) => void;
  readonly openDetails: (id: number) => void;
}

function timeLeftText(download: Download): string {
  const { state, size, received, speed } = download;
  const beingMade = making(download);
  const left = beingMade
    ? makingMsLeft(beingMade)
    : state === 'downloading'
      ? timeLeft(size, received, speed)
      : null;
  return left === null ? '' : formatDuration(left);
}

/** `accountOf`: what to call the account of a row; null where all rows are of the one that there is. */
export const downloadColumns = (
  actions: RowActions,
  accountOf: ((download: Download) => string) | null,
): readonly Column<Download>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 172,
    grow: 4,
    cell: (download) => (
      <TwoLines
        name={download.name}
        second={[accountOf?.(download), insideText(download.notes), download.reportTitle]
          .filter(Boolean)
          .join(' · ')}
      />
    ),
  },
  {
    id: 'progress',
    header: 'Progress',
    width: 128,
    grow: 2,
    cell: (download) => <DownloadProgress download={download} />,
  },
  {
    id: 'speed',
    header: 'Speed',
    width: 88,
    align: 'right',
    cell: ({ speed }) => (speed > 0 ? formatSpeed(speed) : ''),
  },
  { id: 'left', header: 'Time left', width: 78, align: 'right', cell: timeLeftText },
  {
    id: 'status',
    header: 'Status',
    width: 180,
    grow: 3,
    cell: (download) => <StatusText status={downloadStatus(download, Date.now(), accountOf?.(download))} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: 140,
    align: 'right',
    cell: (download) => <RowButtons download={download} actions={actions} />,
  },
];

function RowButtons({ download, actions }: { download: Download; actions: RowActions }) {
  const { id, state, failure, notes } = download;
  const hasMore = failure !== null || hasMoreToSay(notes);
  return (
    <div className={classes.buttons}>
      {hasMore && <RowButton label="Details" icon={IconInfoCircle} onClick={() => actions.openDetails(id)} />}
      {mayPause(state) && (
        <RowButton label="Pause" icon={IconPlayerPause} onClick={() => actions.pause(id)} />
      )}
      {mayResume(state) && (
        <RowButton label="Resume" icon={IconPlayerPlay} onClick={() => actions.resume(id)} />
      )}
      {mayStartNow(download) && (
        <RowButton label="Start now" icon={IconBolt} onClick={() => actions.startNow(id)} />
      )}
      {mayRetry(state) && <RowButton label="Retry" icon={IconRefresh} onClick={() => actions.retry(id)} />}
      {mayCancel(state) && <RowButton label="Cancel" icon={IconX} onClick={() => actions.cancel(id)} />}
      {(state === 'done' || state === 'already-there') && (
        <RowButton label="Show in folder" icon={IconFolder} onClick={() => actions.showInFolder(id)} />
      )}
    </div>
  );
}
