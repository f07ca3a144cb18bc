import type { MantineColor } from '@mantine/core';
import type { Download } from '../../../electron/contract/download.ts';
import type { DownloadState } from '../../../electron/contract/download-state.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { formatBytes } from '../../words/format-bytes.ts';
import { making, makingPercent, partsText, waitsForTurn } from '../../words/making-text.ts';
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

interface Progress {
  readonly percent: number;
  readonly text: string;
  readonly color: MantineColor;
}

/** By the parts that are made, while it is being made; else by its bytes. */
function progressOf(download: Download): Progress {
  const { state, received, size } = download;
  const beingMade = making(download);
  if (beingMade) {
    return {
      percent: makingPercent(beingMade) ?? 0,
      text: partsText(beingMade) ?? bytesText(download),
      color: waitsForTurn(beingMade) ? colors.waiting : 'harbour',
    };
  }
  return {
    percent: isWhole(state) ? 100 : percent(received, size),
    text: bytesText(download),
    color: colors[state],
  };
}

/** How far one file is: a bar, and under it the bytes or the parts. */
export function DownloadProgress({ download }: { download: Download }) {
  const { percent, text, color } = progressOf(download);
  return (
    <div className={classes.progress}>
      <ProgressBar label={`Progress of ${download.name}`} percent={percent} text={text} color={color} />
      <div className={classes.bytes} title={text}>
        {text}
      </div>
    </div>
  );
}
