import { Checkbox, Skeleton } from '@mantine/core';
import { memo } from 'react';
import classes from './data-grid.module.css';
import type { Column } from './grid-model.ts';
import { ActiveRowContext } from './row-button.tsx';

interface DataGridRowProps<Row> {
  readonly row: Row | undefined;
  readonly index: number;
  /** Pixels from the top of the body. */
  readonly top: number;
  readonly height: number;
  readonly columns: readonly Column<Row>[];
  readonly active: boolean;
  /** Null in a grid without checkboxes. */
  readonly tick: { readonly checked: boolean; readonly name: string; readonly disabled: boolean } | null;
  readonly onTick: (row: Row, ticked: boolean) => void;
  readonly onOpen: (row: Row) => void;
}

function Row<Row>({ row, index, top, height, columns, active, ...more }: DataGridRowProps<Row>) {
  const { tick, onTick, onOpen } = more;
  return (
    <tr
      aria-rowindex={index + 2}
      {...(tick && { 'aria-selected': tick.checked })}
      data-index={index}
      tabIndex={active ? 0 : -1}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
      onDoubleClick={() => row !== undefined && onOpen(row)}
    >
      {tick && (
        <td className={classes.check}>
          {row !== undefined && (
            <Checkbox
              size="xs"
              aria-label={`Select ${tick.name}`}
              checked={tick.checked}
              disabled={tick.disabled}
              tabIndex={active ? 0 : -1}
              onChange={(event) => onTick(row, event.currentTarget.checked)}
            />
          )}
        </td>
      )}
      <ActiveRowContext value={active}>
        {columns.map((column) => (
          <td key={column.id} className={classes.cell} data-align={column.align ?? 'left'}>
            {row === undefined ? <Skeleton height={12} width="70%" /> : column.cell(row)}
          </td>
        ))}
      </ActiveRowContext>
    </tr>
  );
}

const same = <T extends object>(a: T | null, b: T | null): boolean =>
  a === b || (a !== null && b !== null && (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]));

/** One row. Drawn again only when something of it changes, so that scrolling and live figures stay cheap. */
export const DataGridRow = memo(
  Row,
  ({ tick, ...before }, { tick: tickAfter, ...after }) => same(before, after) && same(tick, tickAfter),
) as typeof Row;
