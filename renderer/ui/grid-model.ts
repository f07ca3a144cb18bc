import type { ReactNode } from 'react';

export type RowKey = string | number;

/** One column of a grid. Make the list of columns once (a module constant or `useMemo`): rows are drawn again when it changes. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Makes the column sortable, where all rows are at hand. Unknown values (null) come last either way. */
  readonly sortValue?: (row: Row) => string | number | null;
  /** The least width in pixels. */
  readonly width: number;
  /** Share of the width that is left over; without it the column keeps its width. */
  readonly grow?: number;
  readonly align?: 'left' | 'right';
  /** True for a column whose heading only screen readers need, such as the one of the row's buttons. */
  readonly headerHidden?: boolean;
}

export interface Sort {
  readonly columnId: string;
  readonly direction: 'ascending' | 'descending';
}

/** Rows that are not all at hand: `get` answers undefined for one that is still on its way. */
export interface PagedRows<Row> {
  readonly count: number;
  get(index: number): Row | undefined;
}

export type GridRows<Row> = readonly Row[] | PagedRows<Row>;

const isAll = <Row>(rows: GridRows<Row>): rows is readonly Row[] => Array.isArray(rows);

const LONGEST_NUMBER = 16;

/** Made once a row, because comparing these is many times faster than a collator: case is ignored, 9 comes before 10. */
const sortKey = (value: string | number | null): string | number | null =>
  typeof value === 'string'
    ? value.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(LONGEST_NUMBER, '0'))
    : value;

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : Number(a > b));

/** The rows in the order to show. Equal ones keep their order; paged rows come as their source orders them. */
export function orderRows<Row>(
  rows: GridRows<Row>,
  columns: readonly Column<Row>[],
  sort: Sort | null,
): PagedRows<Row> {
  if (!isAll(rows)) return rows;
  const sortValue = columns.find((column) => column.id === sort?.columnId)?.sortValue;
  const ordered = sort && sortValue ? sorted(rows, sortValue, sort.direction === 'ascending' ? 1 : -1) : rows;
  return { count: ordered.length, get: (index) => ordered[index] };
}

function sorted<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => string | number | null,
  sign: 1 | -1,
): readonly Row[] {
  return rows
    .map((row) => ({ row, value: sortKey(sortValue(row)) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

/** The order after a click on a heading: up, down, then as the rows came. */
export function nextSort(sort: Sort | null, columnId: string): Sort | null {
  if (sort?.columnId !== columnId) return { columnId, direction: 'ascending' };
  return sort.direction === 'ascending' ? { columnId, direction: 'descending' } : null;
}

/** The columns as a CSS grid template. `lead` is the width of the checkbox column, 0 without one. */
export function columnTemplate(
  columns: readonly Pick<Column<never>, 'width' | 'grow'>[],
  lead: number,
): string {
  const tracks = columns.map(({ width, grow }) =>
    grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`,
  );
  return [...(lead > 0 ? [`${lead}px`] : []), ...tracks].join(' ');
}

const LEAST_HEIGHT = 132;
const BORDERS = 2;

/** What a low window leaves of a grid, in pixels. A short one is as high as its rows, without an empty strip. */
export const leastHeight = (head: number, count: number, rowHeight: number): number =>
  Math.min(LEAST_HEIGHT, head + count * rowHeight + BORDERS);

/** Where a key takes the active row, or null when the key means nothing here. `page` is the rows in view. */
export function movedRow(key: string, active: number, count: number, page: number): number | null {
  const to: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  const target = to[key];
  return target === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, target));
}

/** Which rows are ticked, and what ticking does. */
export interface GridSelection<Row, Key extends RowKey> {
  readonly selected: ReadonlySet<Key>;
  readonly onChange: (selected: ReadonlySet<Key>) => void;
  /** Names the row in its checkbox: "Select march.zip". */
  readonly nameOf: (row: Row) => string;
  /** False for rows that can't be ticked; "Select all" leaves them out. */
  readonly selectable?: (row: Row) => boolean;
}

/** The keys of all rows that can be ticked. */
export function selectableKeys<Row, Key extends RowKey>(
  rows: PagedRows<Row>,
  keyOf: (row: Row) => Key,
  selectable: (row: Row) => boolean = () => true,
): Key[] {
  const keys: Key[] = [];
  for (let index = 0; index < rows.count; index += 1) {
    const row = rows.get(index);
    if (row !== undefined && selectable(row)) keys.push(keyOf(row));
  }
  return keys;
}

/** The set with `key` ticked or not. */
export function withKey<Key>(selected: ReadonlySet<Key>, key: Key, ticked: boolean): ReadonlySet<Key> {
  const next = new Set(selected);
  if (ticked) next.add(key);
  else next.delete(key);
  return next;
}
