import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { ChosenSystem } from './chosen-system.tsx';
import { KeptQueue } from './kept-queue.tsx';
import classes from './sign-in-page.module.css';

const nothing = () => {};

/** Asks who one is, while nobody is signed in. */
export function SignInPage() {
  useDocumentTitle('Sign in · CDR Desk');
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>CDR Desk</div>
        <Title order={1}>Sign in</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          With the account that your call record system gave you.
        </Text>
        <KeptQueue />
        <ChosenSystem again={null} onDone={nothing} />
      </div>
    </main>
  );
}
