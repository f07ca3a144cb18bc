import { IconDownload, IconFileSearch, IconFolder, IconInfoCircle } from '@tabler/icons-react';
import type { HistoryEntry } from '../../../electron/contract/history.ts';
import type { Column } from '../../ui/grid-model.ts';
import { RowButton } from '../../ui/row-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { formatSize } from '../../words/format-bytes.ts';
import { formatMoment } from '../../words/format-date.ts';
import { insideText } from '../../words/note-text.ts';
import { outcomeStatus } from '../../words/outcome-text.ts';
import classes from './history.module.css';
import { type HistoryActions, leftFile } from './use-history-actions.ts';

interface RowActions extends HistoryActions {
  readonly openDetails: (id: number) => void;
  readonly isChecking: (id: number) => boolean;
}

/** `accountOf`: what to call the account of a row; null where there is only one. */
export const historyColumns = (
  actions: RowActions,
  accountOf: ((entry: HistoryEntry) => string) | null,
): readonly Column<HistoryEntry>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 190,
    grow: 4,
    cell: (entry) => (
      <TwoLines
        name={entry.name}
        second={[accountOf?.(entry), insideText(entry.notes), entry.reportTitle].filter(Boolean).join(' · ')}
      />
    ),
  },
  { id: 'when', header: 'When', width: 186, cell: ({ endedAt }) => formatMoment(endedAt) },
  {
    id: 'size',
    header: 'Size',
    width: 88,
    align: 'right',
    cell: ({ size, sizeExpected }) => formatSize(size ?? sizeExpected),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 164,
    grow: 3,
    cell: (entry) => <StatusText status={outcomeStatus(entry)} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: 142,
    align: 'right',
    cell: (entry) => <RowButtons entry={entry} actions={actions} />,
  },
];

function RowButtons({ entry, actions }: { entry: HistoryEntry; actions: RowActions }) {
  return (
    <div className={classes.buttons}>
      {leftFile(entry) && (
        <>
          <RowButton label="Show in folder" icon={IconFolder} onClick={() => actions.showInFolder(entry)} />
          <RowButton
            label="Check again"
            icon={IconFileSearch}
            busy={actions.isChecking(entry.id)}
            onClick={() => actions.checkAgain(entry)}
          />
        </>
      )}
      <RowButton label="Download again" icon={IconDownload} onClick={() => actions.downloadAgain(entry)} />
      <RowButton label="Details" icon={IconInfoCircle} onClick={() => actions.openDetails(entry.id)} />
    </div>
  );
}
