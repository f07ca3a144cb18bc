import type { MantineColor } from '@mantine/core';
import type { Download } from '../../../electron/contract/download.ts';
import type { DownloadState } from '../../../electron/contract/download-state.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { formatBytes } from '../../words/format-bytes.ts';
import classes from './downloads.module.css';
import { percent } from './totals.ts';

const colors: Record<DownloadState, MantineColor> = {
  waiting: 'gray.6',
  downloading: 'harbour',
  verifying: 'harbour',
  paused: 'gray.6',
  done: 'green.7',
  'already-there': 'green.7',
  failed: 'red.7',
  cancelled: 'gray.6',
};

const isWhole = (state: DownloadState): boolean => state === 'done' || state === 'already-there';

function bytesText({ state, size, received }: Download): string {
  if (isWhole(state)) return formatBytes(size ?? received);
  if (size === null) return received === 0 ? 'size unknown' : `${formatBytes(received)} so far`;
  return received === 0 ? formatBytes(size) : `${formatBytes(received)} of ${formatBytes(size)}`;
}

/** How far one file is: a bar, and the bytes under it. */
export function DownloadProgress({ download }: { download: Download }) {
  const text = bytesText(download);
  return (
    <div className={classes.progress}>
      <ProgressBar
        label={`Progress of ${download.name}`}
        percent={isWhole(download.state) ? 100 : percent(download.received, download.size)}
        text={text}
        color={colors[download.state]}
      />
      <div className={classes.bytes} title={text}>
        {text}
      </div>
    </div>
  );
}
