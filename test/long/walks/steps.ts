/** What may happen to the engine, in any order. */
import fc from 'fast-check';
import { type FaultName, faultKinds } from './world.ts';

/** Files by their place in the walk's world, which is taken modulo how many there are; or all. */
export type Which = 'all' | readonly number[];

export type Order = 'pause' | 'resume' | 'cancel' | 'retry' | 'startNow' | 'clearFinished';

export type Step =
  | { readonly do: 'add'; readonly which: Which }
  /** `patient`: nothing else is ordered before it is done. */
  | { readonly do: 'order'; readonly order: Order; readonly which: Which; readonly patient: boolean }
  | { readonly do: 'at once'; readonly most: number }
  | { readonly do: 'restart' }
  | { readonly do: 'crash' }
  | { readonly do: 'power cut'; readonly seed: number }
  | { readonly do: 'sign out' }
  | { readonly do: 'sign in' }
  | { readonly do: 'interrupt' }
  | { readonly do: 'wake' }
  | { readonly do: 'service away' }
  | { readonly do: 'service back' }
  | { readonly do: 'hours'; readonly closed: boolean }
  /** The next requests for a file go wrong. */
  | {
      readonly do: 'fault';
      readonly fault: FaultName;
      readonly which: Which;
      readonly at: number;
      readonly times: number;
    }
  | { readonly do: 'time'; readonly ms: number }
  /** As many turns as it takes real sockets and files to get somewhere. */
  | { readonly do: 'turns'; readonly turns: number };

const which: fc.Arbitrary<Which> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('all' as const) },
  { weight: 2, arbitrary: fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }) },
);
const faultName = fc.constantFrom(...(Object.keys(faultKinds) as FaultName[]));
const nothingMore = (
  ...names: readonly (Step['do'] &
    ('restart' | 'crash' | 'sign out' | 'sign in' | 'interrupt' | 'wake' | 'service away' | 'service back'))[]
) => fc.constantFrom(...names).map((name): Step => ({ do: name }));

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add'), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('order'),
      order: fc.constantFrom('pause', 'resume', 'cancel', 'retry', 'startNow', 'clearFinished'),
      which,
      patient: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('at once'), most: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 3, arbitrary: nothingMore('restart', 'crash', 'crash') },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('power cut'), seed: fc.nat() }) },
  {
    weight: 3,
    arbitrary: nothingMore('sign out', 'sign in', 'interrupt', 'wake', 'service away', 'service back'),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hours'), closed: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('fault'),
      fault: faultName,
      which,
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      times: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('time'),
      ms: fc.constantFrom(100, 2000, 9000, 60_000, 400_000, 3_600_000),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('turns'), turns: fc.integer({ min: 1, max: 60 }) }) },
);
