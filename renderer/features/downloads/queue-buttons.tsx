import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { DownloadTotals } from '../../../electron/contract/download.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { orNotify } from '../../ui/notify.tsx';
import { plural } from '../../words/plural.ts';
import { cancellableCount, finishedCount, pausableCount, resumableCount } from './totals.ts';

/** What can be done with the whole queue. A button is disabled while it would do nothing. */
export function QueueButtons({ totals }: { totals: DownloadTotals | null }) {
  const { downloads } = useCdr();
  const [asking, ask] = useDisclosure(false);
  const count = (of: (totals: DownloadTotals) => number): number => (totals === null ? 0 : of(totals));
  const cancellable = count(cancellableCount);
  const cancelAll = () => {
    ask.close();
    void orNotify(downloads.cancel('all'));
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPause size={15} aria-hidden />}
        disabled={count(pausableCount) === 0}
        onClick={() => void orNotify(downloads.pause('all'))}
      >
        Pause all
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerPlay size={15} aria-hidden />}
        disabled={count(resumableCount) === 0}
        onClick={() => void orNotify(downloads.resume('all'))}
      >
        Resume all
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconX size={15} aria-hidden />}
        disabled={cancellable === 0}
        onClick={ask.open}
      >
        Cancel all
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={count(finishedCount) === 0}
        onClick={() => void orNotify(downloads.clearFinished())}
      >
        Clear finished
      </Button>
      <Modal opened={asking} onClose={ask.close} title="Cancel all downloads?">
        <Text size="sm">
          {plural(cancellable, 'download')} will be cancelled, and what has arrived of{' '}
          {cancellable === 1 ? 'it' : 'them'} is thrown away. Finished files stay where they are.
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={ask.close} data-autofocus>
            Keep downloading
          </Button>
          <Button color="red.8" onClick={cancelAll}>
            Cancel {plural(cancellable, 'download')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
