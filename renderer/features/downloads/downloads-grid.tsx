import { useMemo, useState } from 'react';
import type { Download } from '../../../electron/contract/download.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { useAccountNames } from '../../bridge/use-account-names.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import { orNotify } from '../../ui/notify.tsx';
import { needAccount } from '../../words/account-text.ts';
import { DownloadDetails } from './download-details.tsx';
import { downloadColumns } from './downloads-columns.tsx';
import type { Queue } from './queue.ts';

const idOf = (download: Download): number => download.id;

/** The rows of the queue. What was added last comes into view. */
export function DownloadsGrid({ queue: { downloads, addedLast } }: { queue: Queue }) {
  const cdr = useCdr();
  const nameOf = useAccountNames();
  const { accounts } = useAccounts();
  const namesAccount = useMemo(() => needAccount(downloads, accounts), [downloads, accounts]);
  const [openId, setOpenId] = useState<number | null>(null);
  const columns = useMemo(() => {
    const calls = cdr.downloads;
    const actions = {
      pause: (id: number) => void orNotify(calls.pause([id])),
      resume: (id: number) => void orNotify(calls.resume([id])),
      startNow: (id: number) => void orNotify(calls.startNow([id])),
      cancel: (id: number) => void orNotify(calls.cancel([id])),
      retry: (id: number) => void orNotify(calls.retry([id])),
      showInFolder: (id: number) => void orNotify(calls.showInFolder(id)),
      openDetails: setOpenId,
    };
    return downloadColumns(actions, namesAccount ? nameOf : null);
  }, [cdr, namesAccount, nameOf]);
  const open = openId === null ? undefined : downloads.find((download) => download.id === openId);
  return (
    <>
      <DataGrid
        label="Downloads"
        columns={columns}
        rows={downloads}
        rowKey={idOf}
        rowHeight={54}
        bringIntoView={addedLast}
        onOpen={(download) => setOpenId(download.id)}
      />
      <DownloadDetails download={open} onClose={() => setOpenId(null)} />
    </>
  );
}
