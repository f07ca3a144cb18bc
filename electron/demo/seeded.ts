import { createHash } from 'node:crypto';

/** Numbers from 0 up to 1 that look random and are the same for the same seed. */
export type Random = () => number;

/** FNV-1a for the seed, mulberry32 for the numbers. */
export function seededRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let n = Math.imul(state ^ (state >>> 15), state | 1);
    n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
    return ((n ^ (n >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 to `below` - 1. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** 32 lower-case hex digits. */
export const md5 = (content: string | Buffer): string => createHash('md5').update(content).digest('hex');

/** An id shaped like a UUID, the same for the same seed. */
export function seededUuid(seed: string): string {
  const hex = md5(seed);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
