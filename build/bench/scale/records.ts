/*
 * Very many call records, as pages that have arrived: 200 of 5,000, in four slices, so that the first of them, or the
 * first two or three, are a smaller file.
 */
import { sampleLegs } from '../../../electron/demo/webex-calling/sample-legs.ts';
import { createSeenKeys } from '../../../electron/providers/webex-calling/columns.ts';
import type { Span } from '../../../electron/providers/webex-calling/spans.ts';

const RECORDS_A_PAGE = 5000;
const HOUR_MS = 3_600_000;
const SLICE_MS = 12 * HOUR_MS;
const BEGIN = Date.parse('2026-03-01T00:00:00Z');

export interface PagedSlice {
  readonly slice: Span;
  /** The numbers of its pages. */
  readonly pages: readonly number[];
  /** How many records it and those before it have. */
  readonly recordsSoFar: number;
}

const slice = (number: number, firstPage: number, nextPage: number): PagedSlice => ({
  slice: { from: BEGIN + number * SLICE_MS, to: BEGIN + (number + 1) * SLICE_MS },
  pages: Array.from({ length: nextPage - firstPage }, (_, i) => firstPage + i),
  recordsSoFar: nextPage * RECORDS_A_PAGE,
});

export const slices: readonly PagedSlice[] = [
  slice(0, 0, 25),
  slice(1, 25, 50),
  slice(2, 50, 100),
  slice(3, 100, 200),
];

/** As long as there are not enough, another hour. */
function somePage() {
  const legs = [];
  for (let from = BEGIN; legs.length < RECORDS_A_PAGE; from += HOUR_MS) {
    legs.push(...sampleLegs(from, from + HOUR_MS - 1));
  }
  return legs.slice(0, RECORDS_A_PAGE);
}

const page = somePage();

/** The id of a record; no two have the same one. */
export const idOf = (pageNumber: number, place: number): string =>
  `${pageNumber.toString(16).padStart(8, '0')}-0000-4000-8000-${place.toString(16).padStart(12, '0')}`;

/** The records of a page: all pages have the same but for their ids. */
export const recordsOf = (pageNumber: number) =>
  page.map((leg, place) => ({ ...leg, 'Report ID': idOf(pageNumber, place) }));

/** The keys of all records. */
export function keysOfRecords(): readonly string[] {
  const keys = createSeenKeys();
  page.forEach(keys.see);
  return keys.list;
}

/** The CSV that is made of them. */
export const CSV_NAME = 'ours.csv';
