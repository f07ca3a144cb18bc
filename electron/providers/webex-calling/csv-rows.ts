/** Rows of CSV (RFC 4180): commas, CRLF, quotes where they are needed. This is the hot loop of a large file. */
import { quoted, withoutFormula } from '../../lib/csv-cell.ts';
import { type CallRecord, foldKey, textOf } from './record.ts';

export interface CsvRows {
  /** The line of headings, with its end. */
  readonly head: string;
  /** The line of a record, with its end. Throws for a key that no heading stands for. */
  row(record: CallRecord): string;
}

/** `isSafe`: values that a spreadsheet may take for formulas get an apostrophe. */
export function createCsvRows(headings: readonly string[], isSafe: boolean): CsvRows {
  const places = new Map(headings.map((heading, i) => [heading, i]));
  const byFolded = new Map(headings.map((heading, i) => [foldKey(heading), i]));
  const cells: string[] = headings.map(() => '');
  const last = headings.length - 1;

  /** A spelling that was not met yet. */
  function findPlace(key: string): number {
    const place = byFolded.get(foldKey(key));
    if (place === undefined) throw new Error('a record has a key without a column');
    places.set(key, place);
    return place;
  }

  function line(): string {
    let text = '';
    for (let i = 0; i <= last; i++) {
      const cell = cells[i];
      if (cell) text += quoted(isSafe ? withoutFormula(cell) : cell);
      text += i < last ? ',' : '\r\n';
    }
    return text;
  }

  headings.forEach((heading, i) => {
    cells[i] = heading;
  });
  const head = line();

  return {
    head,
    row(record) {
      cells.fill('');
      for (const key in record) {
        const place = places.get(key) ?? findPlace(key);
        // Of two spellings in one record, the first that says anything counts.
        if (cells[place] === '') cells[place] = textOf(record[key]);
      }
      return line();
    },
  };
}
