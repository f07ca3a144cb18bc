import { Loader, Select, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Failure } from '../../../electron/contract/failure.ts';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { KeptQueue } from './kept-queue.tsx';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-page.module.css';
import { createSystemsStore } from './systems-store.ts';

/** Asks who one is. `failure`: why nobody is signed in, when it was not the person's own wish. */
export function SignInPage({ failure }: { failure: Failure | null }) {
  useDocumentTitle('Sign in · CDR Desk');
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>CDR Desk</div>
        <Title order={1}>Sign in</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          With the machine account that your CDR service gave you.
        </Text>
        <KeptQueue />
        <ChosenSystem failure={failure} />
      </div>
    </main>
  );
}

function ChosenSystem({ failure }: { failure: Failure | null }) {
  const systems = useStore(useSharedStore(createSystemsStore));
  const settings = useStore(useSharedStore(createSettingsStore));
  const [provider, setProvider] = useState<string | null>(null);
  if (systems.value === null) {
    return systems.failure === null ? (
      <Loader size="sm" aria-label="Loading" />
    ) : (
      <FailureAlert
        failure={systems.failure}
        action={{ label: 'Try again', onClick: () => void systems.reload(), busy: systems.loading }}
      />
    );
  }
  if (settings.value === null && settings.loading) return <Loader size="sm" aria-label="Loading" />;
  const chosen = provider ?? settings.value?.lastProvider;
  const system = systems.value.find((one) => one.provider === chosen) ?? systems.value[0];
  if (!system) return null;
  return (
    <Stack gap="md">
      {systems.value.length > 1 && (
        <Select
          label="System"
          data={systems.value.map((one) => ({ value: one.provider, label: one.label }))}
          value={system.provider}
          onChange={setProvider}
          allowDeselect={false}
        />
      )}
      <SignInForm key={system.provider} system={system} settings={settings.value} signedOutBy={failure} />
    </Stack>
  );
}
