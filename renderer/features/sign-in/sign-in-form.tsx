import { Button, Checkbox, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { AccountState, SignInDeclaration } from '../../../electron/contract/account.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { Result } from '../../../electron/contract/result.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { createAccountStore } from '../../bridge/account-store.ts';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { type DraftProblems, draftProblems, firstDraft, signInOf } from './sign-in-form-state.ts';
import { useCapsLock } from './use-caps-lock.ts';

/** A secret field, whether what is typed in it is shown or not. */
const secret = 'input[autocomplete="current-password"]';

interface SignInFormProps {
  readonly system: SignInDeclaration;
  readonly settings: SettingsView | null;
  readonly signedOutBy: Failure | null;
}

/** The fields that a system declares, and the way into the sample data. */
export function SignInForm({ system, settings, signedOutBy }: SignInFormProps) {
  const cdr = useCdr();
  const account = useSharedStore(createAccountStore);
  const [draft, setDraft] = useState(() => firstDraft(system, settings));
  const [problems, setProblems] = useState<DraftProblems | null>(null);
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const [busy, setBusy] = useState<'signing-in' | 'starting-demo' | null>(null);
  const capsLock = useCapsLock();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  const enter = async (how: 'signing-in' | 'starting-demo', answer: Promise<Result<AccountState>>) => {
    setBusy(how);
    setRefusal(null);
    const result = await answer;
    setBusy(null);
    if (result.ok) return account.getState().accept(result.value);
    setRefusal(result.failure);
    if (result.failure.code === 'sign-in-refused')
      form.current?.querySelector<HTMLInputElement>(secret)?.select();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy !== null) return;
    const found = draftProblems(system, draft);
    setProblems(found);
    if (found === null) void enter('signing-in', cdr.account.signIn(signInOf(system, draft)));
  };
  // What the last try came to says nothing about a form that has to be mended first.
  const failure = busy === null && problems === null ? (refusal ?? signedOutBy) : null;
  const type = (id: string, text: string) =>
    setDraft((before) => ({ ...before, fields: { ...before.fields, [id]: text } }));
  const firstEmpty = system.fields.find(({ id }) => draft.fields[id] === '')?.id;
  const [focusFirst] = useState(firstEmpty);
  const canKeep = settings?.canKeepPassword ?? false;

  return (
    <form ref={form} onSubmit={submit} noValidate {...capsLock.listeners}>
      <Stack gap="md">
        {failure && <FailureAlert failure={failure} />}
        {system.fields.map((field) => {
          const shared = {
            label: field.label,
            value: draft.fields[field.id] ?? '',
            error: problems?.fields[field.id],
            autoFocus: field.id === focusFirst,
            onChange: (event: { currentTarget: { value: string } }) =>
              type(field.id, event.currentTarget.value),
          };
          return field.secret ? (
            <PasswordInput
              key={field.id}
              {...shared}
              // The library marks every invalid field but this kind.
              aria-invalid={shared.error !== undefined}
              description={capsLock.on ? 'Caps Lock is on.' : field.help}
              autoComplete="current-password"
              visibilityToggleFocusable
              visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            />
          ) : (
            <TextInput
              key={field.id}
              {...shared}
              description={field.help}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          );
        })}
        <Checkbox
          label="Keep me signed in on this computer"
          description={canKeep ? undefined : 'This computer offers no safe place to keep a password.'}
          disabled={!canKeep}
          checked={draft.keep}
          onChange={(event) => {
            const keep = event.currentTarget.checked;
            setDraft((before) => ({ ...before, keep }));
          }}
        />
        <Disclosure
          label="Advanced"
          startsOpen={draft.serverAddress !== system.defaultServerAddress}
          staysOpen={(problems?.serverAddress ?? null) !== null}
        >
          <TextInput
            label="Server address"
            description="Change it only if your service told you to."
            value={draft.serverAddress}
            error={problems?.serverAddress}
            spellCheck={false}
            onChange={(event) => {
              const serverAddress = event.currentTarget.value;
              setDraft((before) => ({ ...before, serverAddress }));
            }}
          />
        </Disclosure>
        <Button type="submit" fullWidth loading={busy === 'signing-in'} disabled={busy === 'starting-demo'}>
          Sign in
        </Button>
        <Divider label="or look around first" />
        <Button
          variant="default"
          fullWidth
          loading={busy === 'starting-demo'}
          disabled={busy === 'signing-in'}
          onClick={() => void enter('starting-demo', cdr.account.startDemo())}
        >
          Try it with sample data
        </Button>
      </Stack>
    </form>
  );
}
