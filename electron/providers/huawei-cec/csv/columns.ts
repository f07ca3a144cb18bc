/** The columns of one CSV that is made of many tables: the documented ones, then others as they first appeared. */
import type { Row } from '../zip/read-rows.ts';
import { documentedColumns, type TableKind } from '../zip/tables.ts';

/**
 * The names of a table's columns, `width` of them. Without a heading they are the documented ones by their positions. One
 * without a name, or with that of another, is called by its position: `extra_22` is the 22nd (spec 8.21).
 */
export function namesOf(kind: TableKind, heading: Row | null, width: number): string[] {
  const given = heading ?? documentedColumns[kind];
  return Array.from({ length: Math.max(width, given.length) }, (_, i) => {
    const name = given[i] ?? '';
    return name === '' || given.indexOf(name) < i ? `extra_${i + 1}` : name;
  });
}

/** `others`: those of all tables that are not documented, each once. */
export const headingsOf = (kind: TableKind, others: readonly string[]): string[] => [
  ...new Set([...documentedColumns[kind], ...others]),
];
