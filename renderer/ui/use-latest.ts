import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A reference that always holds the newest value, for callbacks that must not change with it. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
