import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Column,
  columnTemplate,
  leastHeight,
  movedRow,
  nextSort,
  orderRows,
  type PagedRows,
  selectableKeys,
  withKey,
} from '../../../renderer/ui/grid-model.ts';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly size: number | null;
}

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 100,
    grow: 1,
    cell: ({ name }) => name,
    sortValue: ({ name }) => name,
  },
  { id: 'size', header: 'Size', width: 80, cell: () => null, sortValue: ({ size }) => size },
  { id: 'fixed', header: 'Fixed', width: 40, cell: () => null },
];
const row = (id: number, name = 'x', size: number | null = 0): Row => ({ id, name, size });
const idsOf = (rows: PagedRows<Row>) => Array.from({ length: rows.count }, (_, i) => rows.get(i)?.id);

describe('the order of the rows', () => {
  it('is theirs as long as nobody sorts', () => {
    expect(idsOf(orderRows([row(2), row(1)], columns, null))).toEqual([2, 1]);
  });

  it('of names is without regard to case, and by the numbers in them', () => {
    const rows = [row(1, 'file 10'), row(2, 'File 9'), row(3, 'apple')];
    const sort = { columnId: 'name', direction: 'ascending' } as const;
    expect(idsOf(orderRows(rows, columns, sort))).toEqual([3, 2, 1]);
  });

  it('has unknown values last, up or down', () => {
    const rows = [row(1, 'a', null), row(2, 'b', 5), row(3, 'c', 9)];
    expect(idsOf(orderRows(rows, columns, { columnId: 'size', direction: 'ascending' }))).toEqual([2, 3, 1]);
    expect(idsOf(orderRows(rows, columns, { columnId: 'size', direction: 'descending' }))).toEqual([3, 2, 1]);
  });

  it('keeps equal rows as they came', () => {
    const rows = [row(3, 'same'), row(1, 'same'), row(2, 'same')];
    expect(idsOf(orderRows(rows, columns, { columnId: 'name', direction: 'descending' }))).toEqual([3, 1, 2]);
  });

  it('is not changed where a column can’t sort, or where not all rows are at hand', () => {
    expect(
      idsOf(orderRows([row(2), row(1)], columns, { columnId: 'fixed', direction: 'ascending' })),
    ).toEqual([2, 1]);
    const paged: PagedRows<Row> = { count: 2, get: (index) => row(9 - index) };
    expect(orderRows(paged, columns, { columnId: 'name', direction: 'ascending' })).toBe(paged);
  });

  it('loses no row and leaves the given ones alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        const rows = names.map((name, id) => row(id, name));
        const before = rows.slice();
        const ids = idsOf(orderRows(rows, columns, { columnId: 'name', direction: 'descending' }));
        expect(ids.sort((a = 0, b = 0) => a - b)).toEqual(rows.map(({ id }) => id));
        expect(rows).toEqual(before);
      }),
    );
  });

  it('goes up, down and back with each click, and starts anew on another column', () => {
    const up = nextSort(null, 'name');
    const down = nextSort(up, 'name');
    expect([up?.direction, down?.direction, nextSort(down, 'name')]).toEqual([
      'ascending',
      'descending',
      null,
    ]);
    expect(nextSort(down, 'size')).toEqual({ columnId: 'size', direction: 'ascending' });
  });
});

describe('the keyboard in a grid', () => {
  it.each([
    ['ArrowDown', 5],
    ['ArrowUp', 3],
    ['PageDown', 14],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 99],
  ])('%s goes from row 4 to %i', (key, to) => {
    expect(movedRow(key, 4, 100, 10)).toBe(to);
  });

  it('stays within the rows', () => {
    expect(movedRow('ArrowUp', 0, 100, 10)).toBe(0);
    expect(movedRow('PageDown', 95, 100, 10)).toBe(99);
  });

  it('leaves other keys alone, and every key in an empty grid', () => {
    expect(movedRow('a', 4, 100, 10)).toBeNull();
    expect(movedRow('End', 0, 0, 10)).toBeNull();
  });
});

describe('ticking rows', () => {
  it('takes all that can be ticked', () => {
    const rows = orderRows([row(1), row(2), row(3)], columns, null);
    expect(
      selectableKeys(
        rows,
        ({ id }) => id,
        ({ id }) => id !== 2,
      ),
    ).toEqual([1, 3]);
  });

  it('never changes the set before it', () => {
    const before = new Set([1]);
    expect([...withKey(before, 2, true)]).toEqual([1, 2]);
    expect([...withKey(before, 1, false)]).toEqual([]);
    expect([...before]).toEqual([1]);
  });
});

describe('the height of a grid', () => {
  it('is that of its head and rows for a short one, so that no empty strip is left under them', () => {
    expect(leastHeight(38, 1, 54)).toBe(94);
    expect(leastHeight(38, 2, 44)).toBe(128);
  });

  it('leaves room for some rows of a long one in a low window', () => {
    expect([2, 3, 100_000].map((count) => leastHeight(38, count, 54))).toEqual([132, 132, 132]);
  });
});

describe('the columns', () => {
  it('share what is left, and stand after the checkboxes', () => {
    expect(columnTemplate(columns, 0)).toBe('minmax(100px, 1fr) 80px 40px');
    expect(columnTemplate(columns, 36)).toBe('36px minmax(100px, 1fr) 80px 40px');
  });
});
