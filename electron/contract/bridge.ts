import type { Area, CallName, Calls } from './calls.ts';
import type { EventName, Events } from './events.ts';
import type { Result } from './result.ts';

type Answered<F> = F extends (...input: infer I) => infer O ? (...input: I) => Promise<Result<O>> : never;

/** `window.cdr`: all that the renderer can reach beyond its own page. */
export type Bridge = {
  readonly [A in Area]: { readonly [C in CallName<A>]: Answered<Calls[A][C]> };
} & {
  /** Subscribes; the answer unsubscribes. */
  on<E extends EventName>(name: E, listener: (payload: Events[E]) => void): () => void;
};
