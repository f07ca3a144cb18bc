import { Box } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import classes from './data-grid.module.css';
import { DataGridHead } from './data-grid-head.tsx';
import { DataGridRow } from './data-grid-row.tsx';
import {
  type Column,
  columnTemplate,
  type GridRows,
  type GridSelection,
  leastHeight,
  orderRows,
  type RowKey,
  type Sort,
  selectableKeys,
  withKey,
} from './grid-model.ts';
import { useActiveRow } from './use-active-row.ts';
import { useLatest } from './use-latest.ts';

const HEAD_HEIGHT = 38;
const CHECK_WIDTH = 40;

interface DataGridProps<Row, Key extends RowKey> {
  /** The accessible name. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: GridRows<Row>;
  readonly rowKey: (row: Row) => Key;
  readonly selection?: GridSelection<Row, Key>;
  readonly initialSort?: Sort;
  /** Pixels; all rows are of one height. */
  readonly rowHeight?: number;
  /** The key of a row to scroll to, each time that it is another one. */
  readonly bringIntoView?: Key | null;
  /** Enter or a double click on a row. */
  readonly onOpen?: (row: Row) => void;
  /** The first and last row on the screen, for rows that are fetched as one scrolls. */
  readonly onVisible?: (first: number, last: number) => void;
}

const nobody = () => {};

/**
 * The one grid of the application: only the rows in view exist, so 100,000 scroll like ten. The arrow, page, home
 * and end keys move from row to row, left and right along what can be pressed in one, space ticks and Enter opens it.
 */
export function DataGrid<Row, Key extends RowKey>(props: DataGridProps<Row, Key>) {
  const { label, columns, rowKey, selection, rowHeight = 44, onVisible } = props;
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null);
  const rows = useMemo(() => orderRows(props.rows, columns, sort), [props.rows, columns, sort]);
  const latest = useLatest({ rows, selection, rowKey, onOpen: props.onOpen ?? nobody });

  const tick = useCallback(
    (row: Row, ticked: boolean) => {
      const { selection, rowKey } = latest.current;
      selection?.onChange(withKey(selection.selected, rowKey(row), ticked));
    },
    [latest],
  );
  const open = useCallback((row: Row) => latest.current.onOpen(row), [latest]);
  const toggle = (index: number) => {
    const row = rows.get(index);
    if (!selection || row === undefined || selection.selectable?.(row) === false) return;
    tick(row, !selection.selected.has(rowKey(row)));
  };
  const openAt = (index: number) => {
    const row = rows.get(index);
    if (row !== undefined) open(row);
  };

  const scroller = useRef<HTMLTableElement>(null);
  const { active, onKeyDown, onFocus, keep } = useActiveRow({
    scroller,
    count: rows.count,
    page: () =>
      Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / rowHeight) - 1),
    onToggle: toggle,
    onOpen: openAt,
  });
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 8,
    rangeExtractor: keep,
  });

  const { bringIntoView = null } = props;
  useEffect(() => {
    if (bringIntoView === null) return;
    const { rows, rowKey } = latest.current;
    for (let index = 0; index < rows.count; index++) {
      const row = rows.get(index);
      if (row === undefined || rowKey(row) !== bringIntoView) continue;
      virtual.scrollToIndex(index, { align: 'start' });
      return;
    }
  }, [bringIntoView, latest, virtual]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (rows.count > 0) onVisible?.(first, last);
  }, [first, last, rows.count, onVisible]);

  const allKeys = useMemo(
    () => (selection ? selectableKeys(rows, rowKey, selection.selectable) : []),
    [rows, rowKey, selection],
  );
  const tickedCount = selection ? allKeys.filter((key) => selection.selected.has(key)).length : 0;

  return (
    <Box
      component="table"
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.count + 1}
      {...(selection && { 'aria-multiselectable': true })}
      tabIndex={-1}
      className={classes.grid}
      style={
        {
          '--grid-columns': columnTemplate(columns, selection ? CHECK_WIDTH : 0),
          '--grid-least': `${leastHeight(HEAD_HEIGHT, rows.count, rowHeight)}px`,
        } as CSSProperties
      }
      onKeyDown={(event) => onKeyDown(event, (index) => virtual.scrollToIndex(index, { align: 'auto' }))}
      onFocus={onFocus}
    >
      <DataGridHead
        columns={columns}
        sort={sort}
        {...(Array.isArray(props.rows) && { onSort: setSort })}
        {...(selection && {
          ticked: tickedCount === 0 ? 'none' : tickedCount === allKeys.length ? 'all' : 'some',
        })}
        onTickAll={(all) => selection?.onChange(new Set(all ? allKeys : []))}
      />
      <tbody className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows.get(index);
          return (
            <DataGridRow
              key={row === undefined ? `index ${index}` : rowKey(row)}
              row={row}
              index={index}
              top={start - HEAD_HEIGHT}
              height={rowHeight}
              columns={columns}
              active={index === active}
              tick={
                selection && row !== undefined
                  ? {
                      checked: selection.selected.has(rowKey(row)),
                      name: selection.nameOf(row),
                      disabled: selection.selectable?.(row) === false,
                    }
                  : null
              }
              onTick={tick}
              onOpen={open}
            />
          );
        })}
      </tbody>
    </Box>
  );
}
