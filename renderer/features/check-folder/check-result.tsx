import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { CheckedFile, FolderCheck } from '../../../electron/contract/manifest.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import { FileName } from '../../ui/file-name.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { StatusText } from '../../ui/status-text.tsx';
import {
  checkCounts,
  checkedFileStatus,
  checkHeadline,
  copiedCheck,
  isAsDownloaded,
} from '../../words/folder-check-text.ts';
import classes from './check-folder.module.css';

/** The longest text that the clipboard call takes. */
const MOST_COPIED = 100_000;

const nameOf = ({ name }: CheckedFile): string => name;

const columns: readonly Column<CheckedFile>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 220,
    grow: 3,
    sortValue: nameOf,
    cell: ({ name }) => <FileName name={name} />,
  },
  {
    id: 'result',
    header: 'Result',
    width: 210,
    grow: 2,
    sortValue: ({ result }) => result,
    cell: (file) => <StatusText status={checkedFileStatus(file)} />,
  },
];

interface CheckResultProps {
  readonly check: FolderCheck;
  /** Another folder is wanted. */
  readonly onNext: () => void;
  readonly onClose: () => void;
}

/** What a check found: one sentence, the counts, and every file that is not as the manifest says. */
export function CheckResult({ check, onNext, onClose }: CheckResultProps) {
  const [checkedAt] = useState(Date.now);
  const good = isAsDownloaded(check);
  const Picture = good ? IconCircleCheck : IconAlertTriangle;
  return (
    <>
      <div className={classes.result} data-good={good}>
        <Picture size={24} stroke={1.75} aria-hidden />
        <div>
          <div role="status" className={classes.headline}>
            {checkHeadline(check)}
          </div>
          <div className={classes.folder}>{check.folder}</div>
        </div>
      </div>
      <ul className={classes.counts} aria-label="Counts">
        {checkCounts(check).map(({ text, tone }) => (
          <li key={text} className={classes.count} data-tone={tone}>
            {text}
          </li>
        ))}
      </ul>
      {check.differences.length > 0 && (
        <div className={classes.list}>
          <DataGrid
            label="Differences"
            columns={columns}
            rows={check.differences}
            rowKey={nameOf}
            rowHeight={50}
          />
        </div>
      )}
      <div className={classes.buttons}>
        <div className={classes.copy}>
          <CopyButton label="Copy the list" text={() => copiedCheck(check, checkedAt, MOST_COPIED)} />
        </div>
        <Button variant="default" onClick={onNext}>
          Check another folder…
        </Button>
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </div>
    </>
  );
}
