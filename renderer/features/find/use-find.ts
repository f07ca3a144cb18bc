import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import type { FindState } from './find-state.ts';
import { createFindStore, type FindActions } from './find-store.ts';

/** Picks from the find store; the component is drawn again only when something it picked changes. */
export const useFind = <T>(pick: (state: FindState & FindActions) => T): T =>
  useStore(useSharedStore(createFindStore), useShallow(pick));
