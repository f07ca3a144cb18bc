/** What a run says of its files while it goes on. */
import { basename } from 'node:path';
import type { Failure } from '../contract/failure.ts';
import { noteLine } from '../manifest/note-words.ts';
import type { EndedFile, WaitingFile } from './follow-files.ts';
import { formatDuration, formatMoment, formatSize, plural } from './format.ts';
import type { MakingFile } from './making-file.ts';
import { outcomeWords } from './outcome-words.ts';
import type { Output } from './output.ts';
import type { QueueProgress } from './run-queue.ts';
import { shortFailure } from './words.ts';

export interface Teller {
  ended(file: EndedFile): void;
  waiting(files: readonly WaitingFile[]): void;
  making(files: readonly MakingFile[]): void;
  unreachable(why: Failure): void;
  progress(progress: QueueProgress): void;
}

const inColumn = (words: string): string => words.padEnd(14);

export function createTeller(output: Output): Teller {
  const { json, bars } = output;
  const object = (facts: object) => output.line(facts, () => '');
  /** Files whose making was announced to a person. */
  const announced = new Set<string>();

  /** One line for all that wait for the same reason: a service that is busy is busy for every file. */
  function noteWaiting(files: readonly WaitingFile[]): void {
    const byReason = new Map<string, WaitingFile[]>();
    for (const file of files) {
      byReason.set(file.failure.code, [...(byReason.get(file.failure.code) ?? []), file]);
    }
    for (const same of byReason.values()) {
      const [first] = same;
      if (!first) continue;
      const who = same.length === 1 ? `${first.file} waits` : `${plural(same.length, 'file')} wait`;
      output.note(`${who} until ${formatMoment(first.nextTryAt)}: ${shortFailure(first.failure.code)}`);
    }
  }

  return {
    ended({ bytes, notes, ...facts }) {
      const { file, outcome, failure, path } = facts;
      output.line(facts, () => {
        const detail = failure === null ? (bytes > 0 ? formatSize(bytes) : '') : shortFailure(failure);
        // A service may name a file only when it is there, and a name may be taken.
        const name = path === null || basename(path) === file ? file : `${file} as ${basename(path)}`;
        return `${inColumn(outcomeWords[outcome])} ${name}  ${detail}`.trimEnd();
      });
      // The outcome says that there was no checksum.
      const more = notes.filter((note) => note !== 'no-checksum');
      if (more.length > 0)
        output.line({ notes: { file, notes: more } }, () => `${inColumn('')} ${noteLine(more)}`);
    },

    waiting(files) {
      if (!json) return noteWaiting(files);
      for (const { file, failure, nextTryAt } of files) {
        object({ waiting: { file, failure: failure.code, until: new Date(nextTryAt).toISOString() } });
      }
    },

    making(files) {
      for (const making of files) {
        if (json) object({ making });
        // Where there are bars, they say it.
        if (json || bars || announced.has(making.file)) continue;
        announced.add(making.file);
        const { file, msLeft } = making;
        output.note(
          `${file} is being made${msLeft === null ? '' : `: about ${formatDuration(msLeft)} left`}`,
        );
      }
    },

    unreachable(why) {
      if (json) object({ unreachable: { failure: why.code } });
      else output.note(`Waiting for the service: ${shortFailure(why.code)} (${why.detail})`);
    },

    progress({ running, making, done, total, speed }) {
      bars?.show([
        { label: 'All files', done, total, speed },
        ...running.map((row) => ({ label: row.name, done: row.received, total: row.size, speed: row.speed })),
        ...making.map((one) => ({
          label: one.file,
          done: one.done ?? 0,
          total: one.total,
          speed: null,
          msLeft: one.msLeft,
        })),
      ]);
    },
  };
}
