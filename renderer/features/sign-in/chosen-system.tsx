import { Loader, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';
import { createSystemsStore } from '../../bridge/systems-store.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { accountText } from '../../words/account-text.ts';
import { meantAccount } from './meant-account.ts';
import { SystemsForm } from './systems-form.tsx';

interface ChosenSystemProps {
  /** The key of the account to sign in with again; null: whichever the person chooses. */
  readonly again: string | null;
  readonly onDone: () => void;
}

/** Which account of those that are known, and the form of its system, as soon as the systems are known. */
export function ChosenSystem({ again, onDone }: ChosenSystemProps) {
  const systems = useStore(useSharedStore(createSystemsStore));
  const settings = useStore(useSharedStore(createSettingsStore));
  const state = useAccounts();
  const [chosen, setChosen] = useState<string | null>(again);
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
  const { accounts, current, failure } = state;
  const meant = meantAccount(state, chosen, settings.value?.lastProvider ?? null);
  const signedOut = accounts.filter(({ status }) => status === 'signed-out');
  return (
    <SystemsForm
      key={meant?.key}
      systems={systems.value}
      settings={settings.value}
      accounts={accounts}
      again={meant}
      signedOutBy={meant?.failure ?? (current === null ? failure : null)}
      onDone={onDone}
    >
      {current === null && signedOut.length > 1 && (
        <NativeSelect
          label="Account"
          data={[
            ...signedOut.map((one) => ({ value: one.key, label: accountText(one) })),
            { value: '', label: 'Another account' },
          ]}
          value={meant?.key ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
    </SystemsForm>
  );
}
