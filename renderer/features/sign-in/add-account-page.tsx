import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createAgainStore } from './again-store.ts';
import { ChosenSystem } from './chosen-system.tsx';
import classes from './sign-in-page.module.css';

/** Signs in with one more account, or again with one that is known. The others stay as they are. */
export function AddAccountPage() {
  const { key } = useStore(useSharedStore(createAgainStore));
  const [, navigate] = useLocation();
  const title = key === null ? 'Add an account' : 'Sign in again';
  useDocumentTitle(`${title} · CDR Desk`);
  return (
    <div className={classes.inside}>
      <div className={classes.card}>
        <Title order={1}>{title}</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          Your other accounts stay signed in, and their downloads go on.
        </Text>
        <ChosenSystem key={key} again={key} onDone={() => navigate('/')} />
      </div>
    </div>
  );
}
