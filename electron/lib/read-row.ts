/**
 * Reads the columns of a database row by their types. A column that holds something else throws: the tables are
 * our own, so that is a bug.
 */
import type { SQLOutputValue } from 'node:sqlite';
import type { z } from 'zod';

export type Row = Readonly<Record<string, SQLOutputValue>>;

const mismatch = (column: string, wanted: string) => new TypeError(`column ${column} is not ${wanted}`);

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw mismatch(column, 'text');
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw mismatch(column, 'a number');
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : number(row, column);
}

export function oneOf<T extends string>(row: Row, column: string, values: readonly T[]): T {
  const found = values.find((value) => value === row[column]);
  if (found === undefined) throw mismatch(column, `one of ${values.join(', ')}`);
  return found;
}

/** A column that holds JSON which fits the schema. */
export function json<T>(row: Row, column: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(text(row, column)));
}

export function jsonOrNull<T>(row: Row, column: string, schema: z.ZodType<T>): T | null {
  return row[column] === null ? null : json(row, column, schema);
}
