import { Button, Text, Title } from '@mantine/core';
import { Notes } from '../../ui/notes.tsx';
import classes from './sign-in-page.module.css';
import type { Entering } from './use-sign-in.ts';

interface BesideFormProps {
  /** What a person should know before signing in. */
  readonly notes: readonly string[] | undefined;
  readonly busy: Entering | null;
  readonly onDemo: () => void;
}

/** What helps with the form, and the way around it. Under the form where there is no room beside it. */
export function BesideForm({ notes, busy, onDemo }: BesideFormProps) {
  return (
    <div className={classes.beside}>
      {notes !== undefined && notes.length > 0 && (
        <section>
          <Title order={2} className={classes.heading ?? ''}>
            Good to know
          </Title>
          <Notes notes={notes} />
        </section>
      )}
      <section>
        <Title order={2} className={classes.heading ?? ''}>
          Look around first
        </Title>
        <Text size="xs" c="dimmed" mb="xs">
          With made-up records on this computer, without an account.
        </Text>
        <Button
          variant="default"
          fullWidth
          px="xs"
          loading={busy === 'starting-demo'}
          disabled={busy === 'signing-in'}
          onClick={onDemo}
        >
          Try it with sample data
        </Button>
      </section>
    </div>
  );
}
