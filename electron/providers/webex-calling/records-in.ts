import type { CallRecord } from './record.ts';

/** The records of a page; null for anything that is no page. */
export function recordsIn(page: unknown): readonly CallRecord[] | null {
  if (!isObject(page) || !Array.isArray(page.items)) return null;
  const items: readonly unknown[] = page.items;
  return items.every(isObject) ? items : null;
}

const isObject = (value: unknown): value is CallRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
