/** Progress bars at the bottom of a terminal. */
import cliProgress, { type SingleBar } from 'cli-progress';
import { formatCount, formatDuration, formatSize } from './format.ts';

/** How far something is. */
export interface Progress {
  readonly label: string;
  /** Of `total`; `total` is null while nobody knows. */
  readonly done: number;
  readonly total: number | null;
  /** Bytes a second where bytes are counted, else null. */
  readonly speed: number | null;
  /** Milliseconds until it is done, as far as can be told. */
  readonly msLeft?: number | null;
}

export interface Bars {
  /** Shows these, in place of the ones before: the whole first, then its parts. */
  show(progress: readonly Progress[]): void;
  /** Writes a line that stays, above the bars. */
  above(text: string): void;
  /** Takes the bars away. */
  close(): void;
}

/** The whole, and as many parts as leave a small terminal its room. */
const MOST_BARS = 7;
const LABEL_WIDTH = 34;
const BAR_WIDTH = 24;
const REDRAWS_A_SECOND = 10;
/** ECMA-48: what a bar has left there. */
const CLEAR_REST_OF_LINE = '\u001B[K';

export function createBars(stream: NodeJS.WriteStream): Bars {
  let bars: SingleBar[] = [];
  const all = new cliProgress.MultiBar({
    stream,
    format: (_options, _params, payload: { progress: Progress | null }) => lineOf(payload.progress),
    fps: REDRAWS_A_SECOND,
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C has its own way to the end.
    gracefulExit: false,
    // A line written above moves every bar, whether it has changed or not.
    forceRedraw: true,
  });

  function draw(lines: number): void {
    while (bars.length < lines) bars = [...bars, all.create(1, 0, { progress: null })];
  }

  return {
    show(progress) {
      const shown = progress.slice(0, MOST_BARS);
      draw(shown.length);
      for (const [index, bar] of bars.entries()) bar.update(0, { progress: shown[index] ?? null });
    },
    above(text) {
      if (bars.length === 0) stream.write(`${text}\n`);
      else all.log(`${text}${CLEAR_REST_OF_LINE}\n`);
    },
    close() {
      if (bars.length === 0) return;
      // Lines that wait to be written above go with the next drawing only.
      all.update();
      all.stop();
      bars = [];
    },
  };
}

function lineOf(progress: Progress | null): string {
  if (!progress) return '';
  const { label, done, total, speed, msLeft } = progress;
  const count = speed === null ? formatCount : formatSize;
  const part = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const bar = cliProgress.Format.BarFormat(part, {
    barsize: BAR_WIDTH,
    barCompleteString: '█'.repeat(BAR_WIDTH),
    barIncompleteString: '░'.repeat(BAR_WIDTH),
    barGlue: '',
  });
  return [
    shorten(label),
    total === null ? ' '.repeat(BAR_WIDTH) : bar,
    total === null ? count(done) : `${count(done)} of ${count(total)}`,
    ...(speed ? [`${formatSize(speed)}/s`] : []),
    ...(msLeft ? [`about ${formatDuration(msLeft)} left`] : []),
  ].join('  ');
}

/** The beginning and the end of a name tell more than its middle. */
function shorten(label: string): string {
  if (label.length <= LABEL_WIDTH) return label.padEnd(LABEL_WIDTH);
  const half = Math.floor((LABEL_WIDTH - 1) / 2);
  return `${label.slice(0, LABEL_WIDTH - 1 - half)}…${label.slice(-half)}`;
}
