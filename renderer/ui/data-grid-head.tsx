import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './data-grid.module.css';
import { type Column, nextSort, type Sort } from './grid-model.ts';

interface DataGridHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | null;
  /** Left out where the rows' order is not ours to change. */
  readonly onSort?: (sort: Sort | null) => void;
  /** How many rows are ticked; left out for a grid without checkboxes. */
  readonly ticked?: 'none' | 'some' | 'all';
  readonly onTickAll: (ticked: boolean) => void;
}

/** The headings, with what sorts and what ticks every row. */
export function DataGridHead<Row>({ columns, sort, onSort, ticked, onTickAll }: DataGridHeadProps<Row>) {
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1} className={classes.headLine}>
        {ticked && (
          <th scope="col" className={classes.check}>
            <Checkbox
              size="xs"
              aria-label="Select all"
              checked={ticked === 'all'}
              indeterminate={ticked === 'some'}
              onChange={(event) => onTickAll(event.currentTarget.checked)}
            />
          </th>
        )}
        {columns.map((column) => (
          <Heading
            key={column.id}
            column={column}
            sort={sort?.columnId === column.id ? sort : null}
            {...(onSort && column.sortValue && { onClick: () => onSort(nextSort(sort, column.id)) })}
          />
        ))}
      </tr>
    </thead>
  );
}

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort | null;
  readonly onClick?: () => void;
}

function Heading<Row>({ column, sort, onClick }: HeadingProps<Row>) {
  const Arrow = sort?.direction === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={classes.heading}
      data-align={column.align ?? 'left'}
      {...(onClick && { 'aria-sort': sort?.direction ?? 'none' })}
    >
      {onClick ? (
        <UnstyledButton className={classes.sorter} data-sorted={sort !== null} onClick={onClick}>
          {column.header}
          <Arrow size={14} aria-hidden className={classes.sortIcon} />
        </UnstyledButton>
      ) : column.headerHidden ? (
        <VisuallyHidden>{column.header}</VisuallyHidden>
      ) : (
        column.header
      )}
    </th>
  );
}
