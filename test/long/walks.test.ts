/**
 * Random walks: orders, restarts, crashes, power cuts, faults of the service and time, in any order, against an engine
 * with real files, database and sockets. What has to hold is in `walks/check.ts`.
 *
 *   WALKS=5000            as many walks
 *   WALK_SEED=7           other walks
 *   WALK_SEED=7 WALK_PATH=12 npm run test:proofs -- walks
 *                         the walk that failed; both numbers stand in what the failure prints. `WALKS=50` beside them
 *                         takes it as often, for a failure that needs its moment
 *   WALK_SHRINK=1         looks for a shorter walk that fails too
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { howMany } from './how-long.ts';
import { step } from './walks/steps.ts';
import { takeWalk } from './walks/walk.ts';
import { walkFile } from './walks/world.ts';

const path = process.env.WALK_PATH;
const seed = howMany('WALK_SEED', { whole: 2026, shortened: 2026 });
const walks = howMany(
  'WALKS',
  path === undefined ? { whole: 4000, shortened: 200 } : { whole: 1, shortened: 1 },
);
/** So many go on at the same time: most of their time they wait for the disk. */
const LANES = 4;
/** Milliseconds after which a walk has got stuck. */
const STUCK_AFTER = 120_000;

const takeWalks = (parameters: { seed: number; path?: string; numRuns: number }) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(walkFile, { minLength: 1, maxLength: 6 }),
      fc.array(step, { minLength: 4, maxLength: 40, size: 'max' }),
      takeWalk,
    ),
    { endOnFailure: process.env.WALK_SHRINK === undefined, timeout: STUCK_AFTER, ...parameters },
  );

describe.concurrent('a random walk', () => {
  if (path !== undefined) {
    it(`loses nothing (seed ${seed}, path ${path}, ${walks} times)`, async () => {
      for (let time = 0; time < walks; time++) await takeWalks({ seed, path, numRuns: 1 });
    });
    return;
  }
  const numRuns = Math.ceil(walks / LANES);
  for (let lane = 0; lane < LANES; lane++) {
    it(`loses nothing, wastes nothing and comes to its end (${numRuns} walks, lane ${lane + 1})`, () =>
      takeWalks({ seed: seed * LANES + lane, numRuns }));
  }
});
