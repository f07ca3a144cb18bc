import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import type { HistoryEntry } from '../../../electron/contract/history.ts';
import { useAccountNames } from '../../bridge/use-account-names.ts';
import { FactList } from '../../ui/fact-list.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { outcomeStatus } from '../../words/outcome-text.ts';
import { historyFacts } from './history-facts.ts';
import { type HistoryActions, leftFile } from './use-history-actions.ts';

interface HistoryDetailsProps {
  readonly entry: HistoryEntry | undefined;
  readonly actions: HistoryActions;
  readonly onClose: () => void;
}

/** Every fact of one download. */
export function HistoryDetails({ entry, actions, onClose }: HistoryDetailsProps) {
  const nameOf = useAccountNames();
  return (
    <Drawer opened={entry !== undefined} onClose={onClose} position="right" size={520} title="Details">
      {entry && (
        <Stack gap="md">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {entry.name}
          </Text>
          <StatusText status={outcomeStatus(entry)} />
          <Group gap="xs">
            {leftFile(entry) && (
              <>
                <Button size="xs" variant="default" onClick={() => actions.showInFolder(entry)}>
                  Show in folder
                </Button>
                <Button size="xs" variant="default" onClick={() => actions.checkAgain(entry)}>
                  Check again
                </Button>
              </>
            )}
            <Button size="xs" variant="default" onClick={() => actions.downloadAgain(entry)}>
              Download again
            </Button>
          </Group>
          <FactList facts={historyFacts(entry, nameOf(entry))} />
        </Stack>
      )}
    </Drawer>
  );
}
