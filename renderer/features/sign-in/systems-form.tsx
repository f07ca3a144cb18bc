import { NativeSelect, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { KnownAccount, SignInDeclaration } from '../../../electron/contract/account.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { BesideForm } from './beside-form.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { firstDraft, type SignInDraft } from './sign-in-form-state.ts';
import classes from './sign-in-page.module.css';
import { useSignIn } from './use-sign-in.ts';

interface SystemsFormProps {
  readonly systems: readonly SignInDeclaration[];
  readonly settings: SettingsView | null;
  readonly accounts: readonly KnownAccount[];
  readonly again: KnownAccount | null;
  readonly signedOutBy: Failure | null;
  readonly onDone: () => void;
  /** What comes before the choice of the system. */
  readonly children?: ReactNode;
}

/** Which system, and its form. What was typed for one system is still there after a look at another. */
export function SystemsForm({ systems, settings, accounts, again, onDone, ...more }: SystemsFormProps) {
  const { signedOutBy, children } = more;
  const [chosen, setChosen] = useState<string | null>(null);
  const [drafts, setDrafts] = useState<Readonly<Record<string, SignInDraft>>>({});
  const entering = useSignIn(onDone);
  const wanted = chosen ?? again?.provider ?? settings?.lastProvider;
  const system = systems.find(({ provider }) => provider === wanted) ?? systems[0];
  if (!system) return null;
  const { provider } = system;
  // Who has never signed in begins with the system.
  const isNewcomer = systems.length > 1 && (wanted === undefined || wanted === null);
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        {children}
        {systems.length > 1 && (
          <NativeSelect
            label="System"
            data={systems.map((one) => ({ value: one.provider, label: one.label }))}
            value={provider}
            autoFocus={isNewcomer}
            disabled={entering.busy !== null}
            onChange={(event) => {
              entering.forget();
              setChosen(event.currentTarget.value);
            }}
          />
        )}
        <SignInForm
          key={provider}
          system={system}
          draft={drafts[provider] ?? firstDraft(system, { settings, accounts, again })}
          again={again}
          canKeep={settings?.canKeepPassword ?? false}
          takesFocus={chosen === null && !isNewcomer}
          entering={entering}
          signedOutBy={chosen === null ? signedOutBy : null}
          onChange={(draft) => setDrafts((before) => ({ ...before, [provider]: draft }))}
        />
      </Stack>
      <BesideForm
        notes={system.notes}
        busy={entering.busy}
        onDemo={() => void entering.startDemo(provider)}
      />
    </div>
  );
}
