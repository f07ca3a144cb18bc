import { formatBytes } from '../../electron/contract/format-bytes.ts';

export { formatBytes };

/** A size that may not be known. */
export const formatSize = (bytes: number | null): string => (bytes === null ? 'unknown' : formatBytes(bytes));

/** Bytes a second: `3.4 MB/s`. */
export const formatSpeed = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;
