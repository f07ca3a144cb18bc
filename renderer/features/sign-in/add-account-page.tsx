import { Button, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { createAgainStore } from './again-store.ts';
import { ChosenSystem } from './chosen-system.tsx';
import classes from './sign-in-page.module.css';

/** Signs in with one more account, or again with one that is known. The others stay as they are. */
export function AddAccountPage() {
  const { key } = useStore(useSharedStore(createAgainStore));
  const [, navigate] = useLocation();
  const cdr = useCdr();
  const title = key === null ? 'Add an account' : 'Sign in again';
  useDocumentTitle(`${title} · CDR Desk`);
  const leave = () => {
    // One that is under way would put another account on the screens later.
    void cdr.account.cancelSignIn();
    navigate('/');
  };
  return (
    <div className={classes.inside}>
      <div className={classes.card}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={1}>{title}</Title>
          <Button variant="default" flex="none" onClick={leave}>
            Cancel
          </Button>
        </Group>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          Your other accounts stay signed in, and their downloads go on.
        </Text>
        <ChosenSystem key={key} again={key} onDone={() => navigate('/')} />
      </div>
    </div>
  );
}
