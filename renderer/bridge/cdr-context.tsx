import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Bridge } from '../../electron/contract/bridge.ts';

type Factory<S> = (cdr: Bridge) => S;

interface Shared {
  readonly cdr: Bridge;
  readonly stores: Map<Factory<unknown>, unknown>;
}

const SharedContext = createContext<Shared | null>(null);

function useSharedContext(): Shared {
  const shared = useContext(SharedContext);
  if (!shared) throw new Error('CdrProvider is missing above this component.');
  return shared;
}

/** Hands the bridge, and the stores made from it, to everything below. */
export function CdrProvider({ cdr, children }: { cdr: Bridge; children: ReactNode }) {
  const [shared] = useState<Shared>(() => ({ cdr, stores: new Map() }));
  return <SharedContext value={shared}>{children}</SharedContext>;
}

/** The way to the main process. Every call answers with a `Result` and never rejects. */
export const useCdr = (): Bridge => useSharedContext().cdr;

/**
 * The one store that `createStore` makes of the bridge: made at first use, the same for every component, alive as
 * long as the window, so that what is on a screen is still there when a person comes back to it. `createStore` has
 * to be a function of a module, because it is also the store's key.
 *
 * ```
 * const found = useStore(useSharedStore(createFindStore), (state) => state.found);
 * ```
 */
export function useSharedStore<S>(createStore: Factory<S>): S {
  const { cdr, stores } = useSharedContext();
  if (!stores.has(createStore)) stores.set(createStore, createStore(cdr));
  return stores.get(createStore) as S;
}
