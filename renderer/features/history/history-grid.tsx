import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { HistoryEntry } from '../../../electron/contract/history.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { useAccountNames } from '../../bridge/use-account-names.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import { needAccount } from '../../words/account-text.ts';
import { historyColumns } from './history-columns.tsx';
import { HistoryDetails } from './history-details.tsx';
import { createHistoryStore, historyRows } from './history-store.ts';
import { useHistoryActions } from './use-history-actions.ts';

const idOf = (entry: HistoryEntry): number => entry.id;

/** The rows of the history, fetched as one scrolls. */
export function HistoryGrid() {
  const { total, pages, filters, checking, show } = useStore(useSharedStore(createHistoryStore));
  const [openId, setOpenId] = useState<number | null>(null);
  const actions = useHistoryActions();
  const nameOf = useAccountNames();
  const { accounts } = useAccounts();
  const namesAccount = useMemo(() => needAccount([...pages.values()].flat(), accounts), [accounts, pages]);
  const rows = useMemo(() => historyRows({ total, pages }), [total, pages]);
  const columns = useMemo(
    () =>
      historyColumns(
        { ...actions, openDetails: setOpenId, isChecking: (id) => checking.has(id) },
        namesAccount ? nameOf : null,
      ),
    [actions, checking, namesAccount, nameOf],
  );
  const open = openId === null ? undefined : findEntry(pages, openId);
  return (
    <>
      <DataGrid
        key={JSON.stringify(filters)}
        label="History"
        columns={columns}
        rows={rows}
        rowKey={idOf}
        rowHeight={54}
        onVisible={show}
        onOpen={(entry) => setOpenId(entry.id)}
      />
      <HistoryDetails entry={open} actions={actions} onClose={() => setOpenId(null)} />
    </>
  );
}

function findEntry(
  pages: ReadonlyMap<number, readonly HistoryEntry[]>,
  id: number,
): HistoryEntry | undefined {
  for (const page of pages.values()) {
    const entry = page.find((one) => one.id === id);
    if (entry) return entry;
  }
  return undefined;
}
