import { Modal, Stack } from '@mantine/core';
import type { Download } from '../../../electron/contract/download.ts';
import { mayRetry } from '../../../electron/contract/download-state.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { useAccountNames } from '../../bridge/use-account-names.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { orNotify } from '../../ui/notify.tsx';
import { downloadStatus } from '../../words/download-status.ts';
import { formatBytes, formatSize } from '../../words/format-bytes.ts';
import { formatKeptPeriod } from '../../words/format-date.ts';
import { making } from '../../words/making-text.ts';
import { noteFacts } from '../../words/note-text.ts';
import { MakingNote } from './making-note.tsx';

interface DownloadDetailsProps {
  readonly download: Download | undefined;
  readonly onClose: () => void;
}

/** Everything known about one row of the queue, first of all why it failed. */
export function DownloadDetails({ download, onClose }: DownloadDetailsProps) {
  return (
    <Modal opened={download !== undefined} onClose={onClose} title={download?.name ?? ''} size="lg">
      {download && <Details download={download} onClose={onClose} />}
    </Modal>
  );
}

function Details({ download, onClose }: { download: Download; onClose: () => void }) {
  const { downloads } = useCdr();
  const nameOf = useAccountNames();
  const beingMade = making(download);
  const { label, detail } = downloadStatus(download, Date.now(), nameOf(download));
  const retry = () => {
    onClose();
    void orNotify(downloads.retry([download.id]));
  };
  return (
    <Stack gap="md">
      {beingMade && <MakingNote name={download.name} failure={beingMade} />}
      {download.failure && !beingMade && (
        <FailureAlert
          failure={download.failure}
          {...(mayRetry(download.state) && { action: { label: 'Try again', onClick: retry } })}
        />
      )}
      <FactList
        facts={[
          ['Status', detail === null ? label : `${label} – ${detail}`],
          ...noteFacts(download.notes),
          ['Report', download.reportTitle],
          ...(download.period === null ? [] : [['Period', formatKeptPeriod(download.period)] as const]),
          ['Account', nameOf(download)],
          ['Folder', download.folder],
          ['Size', formatSize(download.size)],
          ['Arrived so far', formatBytes(download.received)],
          ['Attempts', String(download.attempts)],
        ]}
      />
    </Stack>
  );
}
