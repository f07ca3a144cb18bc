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

/** Time left at this speed, in milliseconds; null when it can't be told. */
export function timeLeft(size: number | null, received: number, bytesPerSecond: number): number | null {
  if (size === null || bytesPerSecond <= 0) return null;
  return (Math.max(0, size - received) / bytesPerSecond) * 1000;
}
