import { plural } from './plural.ts';

/** Milliseconds for people, rounded so that it does not flicker: `4 s`, `2 min`, `1 h 5 min`, `3 days`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}

const MINUTE_MS = 60_000;

/** A forecast in whole words, no finer than it can be: `less than a minute`, `about 70 minutes`, `about 2.5 hours`. */
export function formatForecast(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 100) return `about ${plural(minutes, 'minute')}`;
  if (minutes < 48 * 60) return `about ${Math.round(minutes / 30) / 2} hours`;
  return `about ${plural(Math.round(minutes / (24 * 60)), 'day')}`;
}

/** Time left at this speed, in milliseconds; null when it can't be told. */
export function timeLeft(size: number | null, received: number, bytesPerSecond: number): number | null {
  if (size === null || bytesPerSecond <= 0) return null;
  return (Math.max(0, size - received) / bytesPerSecond) * 1000;
}
