import { useMemo } from 'react';
import type { FoundFile } from '../../../electron/contract/report.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column, GridSelection } from '../../ui/grid-model.ts';
import { Truncated } from '../../ui/truncated.tsx';
import { formatSize } from '../../words/format-bytes.ts';
import { formatUtcMoment } from '../../words/format-date.ts';
import { formatDuration } from '../../words/format-duration.ts';
import { formatCount } from '../../words/plural.ts';
import { dateOrder, expiry, fileDate } from './file-words.ts';
import classes from './found-grid.module.css';
import { useFind } from './use-find.ts';

const nameColumn: Column<FoundFile> = {
  id: 'name',
  header: 'Name',
  width: 160,
  grow: 1,
  cell: (file) => <Name file={file} />,
  sortValue: ({ name }) => name,
};

const dateColumn: Column<FoundFile> = {
  id: 'date',
  header: 'Date',
  width: 124,
  cell: (file) => <FileDate file={file} />,
  sortValue: dateOrder,
};

/** Of files that lie ready at the service. */
const columns: readonly Column<FoundFile>[] = [
  nameColumn,
  dateColumn,
  {
    id: 'size',
    header: 'Size',
    width: 88,
    align: 'right',
    cell: ({ size }) => formatSize(size),
    sortValue: ({ size }) => size,
  },
  {
    id: 'expires',
    header: 'Expires',
    width: 124,
    cell: (file) => <Expires file={file} />,
    sortValue: ({ expiresOn }) => expiresOn?.time ?? null,
  },
  {
    id: 'attempts',
    header: 'Attempts',
    width: 92,
    align: 'right',
    cell: ({ attempts }) => (attempts === null ? 'unknown' : formatCount(attempts)),
    sortValue: ({ attempts }) => attempts,
  },
];

/** Of files that are not there yet: nothing counts their downloads, they do not expire, and nobody knows their sizes. */
const columnsOfMade: readonly Column<FoundFile>[] = [nameColumn, dateColumn];

const makingColumn: Column<FoundFile> = {
  id: 'making',
  header: 'Time to make',
  width: 118,
  align: 'right',
  cell: ({ makingMs }) => (makingMs === undefined ? 'unknown' : formatDuration(makingMs)),
  sortValue: ({ makingMs }) => makingMs ?? null,
};

/** Of files whose days are a person's, while the service goes by another time. */
const spanColumn: Column<FoundFile> = {
  id: 'span',
  header: 'In UTC',
  width: 172,
  cell: (file) => <SpanInUtc file={file} />,
  sortValue: ({ span }) => span?.from ?? null,
};

function columnsFor(files: readonly FoundFile[], madeOnDemand: boolean): readonly Column<FoundFile>[] {
  if (!madeOnDemand) return columns;
  return [
    ...columnsOfMade,
    ...(files.some(({ span }) => span !== undefined) ? [spanColumn] : []),
    ...(files.some(({ makingMs }) => makingMs !== undefined) ? [makingColumn] : []),
  ];
}

const idOf = (file: FoundFile): string => file.id;
const nameOf = (file: FoundFile): string => file.name;
const selectable = (file: FoundFile): boolean => file.downloadable;

interface FoundGridProps {
  readonly files: readonly FoundFile[];
  readonly madeOnDemand: boolean;
}

/** The found files, with a tick for each that is to be downloaded. */
export function FoundGrid({ files, madeOnDemand }: FoundGridProps) {
  const { selected, select } = useFind(({ selected, select }) => ({ selected, select }));
  const selection = useMemo<GridSelection<FoundFile, string>>(
    () => ({ selected, onChange: select, nameOf, selectable }),
    [selected, select],
  );
  const shown = useMemo(() => columnsFor(files, madeOnDemand), [files, madeOnDemand]);
  return (
    <div className={classes.grid}>
      <DataGrid label="Files found" columns={shown} rows={files} rowKey={idOf} selection={selection} />
    </div>
  );
}

function Name({ file }: { file: FoundFile }) {
  if (file.downloadable) {
    return (
      <span className={classes.name} title={file.name}>
        {file.name}
      </span>
    );
  }
  return (
    <>
      <Truncated text={file.name} />
      <Truncated text="Listed without a link: can’t be downloaded" className={classes.attention ?? ''} />
    </>
  );
}

function FileDate({ file }: { file: FoundFile }) {
  const { date, note } = fileDate(file);
  return (
    <>
      {date}
      {note !== null && <div className={classes.note}>{note}</div>}
    </>
  );
}

function SpanInUtc({ file: { span } }: { file: FoundFile }) {
  if (!span) return null;
  return (
    <>
      {formatUtcMoment(span.from)}
      <div className={classes.note}>to {formatUtcMoment(span.to)}</div>
    </>
  );
}

function Expires({ file }: { file: FoundFile }) {
  const { date, soon } = expiry(file.expiresOn, Date.now());
  return (
    <>
      {date}
      {soon !== null && <div className={classes.attention}>{soon}</div>}
    </>
  );
}
