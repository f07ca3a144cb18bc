import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { movedRow } from './grid-model.ts';

interface ActiveRowOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Rows that one page key moves over. */
  readonly page: () => number;
  readonly onToggle: (index: number) => void;
  readonly onOpen: (index: number) => void;
}

const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof HTMLElement ? target.closest<HTMLElement>('tr[data-index]') : null;

/** The row that the keyboard is on: one row is in the tab order, and the keys move it. */
export function useActiveRow({ scroller, count, page, onToggle, onOpen }: ActiveRowOptions) {
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, Math.max(0, count - 1));
  const wantsFocus = useRef(false);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  // The active row stays in the document even when it is scrolled away, so that focus is not lost.
  const keep = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (active >= range.count || indexes.includes(active)) return indexes;
      return active < range.startIndex ? [active, ...indexes] : [...indexes, active];
    },
    [active],
  );

  const onKeyDown = (event: KeyboardEvent, scrollTo: (index: number) => void) => {
    const row = rowOf(event.target);
    if (!row || event.altKey || event.metaKey) return;
    const to = movedRow(event.key, active, count, page());
    if (to !== null) {
      event.preventDefault();
      wantsFocus.current = true;
      setChosen(to);
      scrollTo(to);
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      moveAlong(row, event.key === 'ArrowRight' ? 1 : -1);
    } else if (event.target === row && event.key === ' ') {
      event.preventDefault();
      onToggle(active);
    } else if (event.target === row && event.key === 'Enter') {
      event.preventDefault();
      onOpen(active);
    }
  };

  const onFocus = (event: FocusEvent) => {
    const index = rowOf(event.target)?.dataset.index;
    if (index !== undefined) setChosen(Number(index));
  };

  return { active, keep, onKeyDown, onFocus };
}

/** Moves focus along the row itself and what can be pressed in it. */
function moveAlong(row: HTMLElement, step: 1 | -1): void {
  const stops = [
    row,
    ...row.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled), a[href]'),
  ];
  const at = stops.findIndex((stop) => stop.matches(':focus'));
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}
