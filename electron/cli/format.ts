/** Figures for people, as they stand in lines of a terminal. */
import { formatBytes } from '../contract/format-bytes.ts';

/** A size that may not be known. */
export const formatSize = (bytes: number | null): string => (bytes === null ? 'unknown' : formatBytes(bytes));

/** Milliseconds as `4 s`, `2 min 5 s`, `1 h 5 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 file`, `1,204 files`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `1,204`. The same on every computer, so that a script can read it. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** A moment on this computer's clock: `2026-03-17 14:05`. `time`: milliseconds since 1970, UTC. */
export function formatMoment(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
