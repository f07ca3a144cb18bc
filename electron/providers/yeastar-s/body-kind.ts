/** What stands in a body, by its beginning and its end: nothing else tells (spec 8.16, 8.19). Pure. */
import { parse } from 'csv-parse/sync';

/** Enough of a body to tell what it is. */
export const BEGINNING_BYTES = 4096;
/** Enough of it to hold its last line. */
export const END_BYTES = 16 * 1024;

export type BodyKind = 'empty' | 'object' | 'page' | 'csv' | 'unknown';

const LEAST_COMMAS = 5;

/** The first bytes as text, without a byte order mark and without white space in front. */
const textOf = (beginning: Buffer): string => beginning.toString('utf8').replace(/^[\uFEFF\s]+/, '');

const firstLineOf = (beginning: Buffer): string => /^[^\r\n]*/.exec(textOf(beginning))?.[0] ?? '';

/** True when `kindOf` would not say anything else with more bytes. */
export const isEnough = (beginning: Buffer): boolean =>
  beginning.length >= BEGINNING_BYTES || /[\r\n]/.test(textOf(beginning));

export function kindOf(beginning: Buffer): BodyKind {
  const text = textOf(beginning);
  if (text === '') return 'empty';
  if (text.startsWith('{')) return 'object';
  if (text.startsWith('<')) return 'page';
  const line = firstLineOf(beginning);
  return isHeading(line) || line.split(',').length > LEAST_COMMAS ? 'csv' : 'unknown';
}

const isHeading = (line: string): boolean => /\bcallid\b/i.test(line);

/** The first line, where it names the columns; null where it is a row already. */
export function headingOf(beginning: Buffer): string | null {
  const line = firstLineOf(beginning).trim();
  return isHeading(line) ? line.toLowerCase() : null;
}

/** Whether a CSV that came without a length seems to have its end: a line break, or a last line with all columns. */
export function seemsWhole(beginning: Buffer, end: Buffer): boolean {
  const text = end.toString('latin1');
  if (/[\r\n]$/.test(text)) return true;
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  return columnsIn(lastLine) >= columnsIn(firstLineOf(beginning));
}

/** 0 for a line that breaks off within a quoted field. */
function columnsIn(line: string): number {
  try {
    const rows: string[][] = parse(line, { relax_quotes: true });
    return rows[0]?.length ?? 0;
  } catch {
    return 0;
  }
}
