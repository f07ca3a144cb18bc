import { LEAST_SPEED_LIMIT } from '../../../electron/contract/settings.ts';

const MEGABYTE = 1_000_000;

/** What can be typed as a speed limit, in MB/s with one decimal. */
export const LEAST_MEGABYTES = Math.ceil(LEAST_SPEED_LIMIT / (MEGABYTE / 10)) / 10;
export const MOST_MEGABYTES = 10_000;

/** Bytes as megabytes (millions of bytes) with one decimal, and never less than can be typed. */
export const toMegabytes = (bytes: number): number =>
  Math.max(LEAST_MEGABYTES, Math.round(bytes / (MEGABYTE / 10)) / 10);

export const toBytes = (megabytes: number): number => Math.round(megabytes * MEGABYTE);

export const isSpeedLimit = (typed: string | number): typed is number =>
  typeof typed === 'number' && typed >= LEAST_MEGABYTES && typed <= MOST_MEGABYTES;
