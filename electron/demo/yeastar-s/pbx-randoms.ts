import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';

/** What a random string is good for. */
export interface RandomFor {
  readonly version: string;
  readonly extensions: string;
  readonly starttime: string;
  readonly endtime: string;
  readonly token: string;
  /** The addresses that may fetch the file. */
  readonly from: readonly string[];
}

const LIFE_MS = 30_000;

/** Random strings: each is good once, for 30 seconds, and for exactly what it was asked for. */
export function createPbxRandoms(clock: Clock) {
  const open = new Map<string, RandomFor & { readonly until: number }>();
  return {
    give(what: RandomFor): string {
      const random = randomBytes(16).toString('hex');
      open.set(random, { ...what, until: clock.now() + LIFE_MS });
      return random;
    },
    /** True once. Whatever comes of it, the string is used up. */
    take(random: string, what: Omit<RandomFor, 'from'> & { readonly from: string }): boolean {
      const given = open.get(random);
      open.delete(random);
      return (
        given !== undefined &&
        clock.now() < given.until &&
        given.from.includes(what.from) &&
        (['version', 'extensions', 'starttime', 'endtime', 'token'] as const).every(
          (name) => given[name] === what[name],
        )
      );
    },
  };
}
