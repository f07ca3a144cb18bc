import { Checkbox, Stack } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  type SignInField as Declared,
  type KnownAccount,
  type SignInDeclaration,
  shownSignInFields,
} from '../../../electron/contract/account.ts';
import type { Failure, FailureCode } from '../../../electron/contract/failure.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { AddressField } from './address-field.tsx';
import { CertificateQuestion } from './certificate-question.tsx';
import { SignInButtons } from './sign-in-buttons.tsx';
import { SignInField } from './sign-in-field.tsx';
import {
  asksForAddress,
  CERTIFICATE_FIELD,
  type DraftProblems,
  draftProblems,
  fieldValue,
  hasKeptSecrets,
  isAdvancedChanged,
  type SignInDraft,
  signInOf,
  takesCertificate,
} from './sign-in-form-state.ts';
import { useCapsLock } from './use-caps-lock.ts';
import type { useSignIn } from './use-sign-in.ts';

/** There is a secret to type again. */
const typedWrong: readonly FailureCode[] = ['sign-in-refused', 'nothing-kept'];

/** A secret field, whether what is typed in it is shown or not. */
const secret = 'input[autocomplete="current-password"]';

interface SignInFormProps {
  readonly system: SignInDeclaration;
  readonly draft: SignInDraft;
  /** The account to sign in with again; null: one that is new here. */
  readonly again: KnownAccount | null;
  /** Whether this computer can keep a password safely. */
  readonly canKeep: boolean;
  /** True where the keyboard should be in the first field that is empty. */
  readonly takesFocus: boolean;
  readonly entering: ReturnType<typeof useSignIn>;
  readonly signedOutBy: Failure | null;
  readonly onChange: (draft: SignInDraft) => void;
}

/** The form that a system declares. What is typed in it is kept by whoever shows it. */
export function SignInForm({ system, draft, entering, onChange, ...more }: SignInFormProps) {
  const { again, canKeep, takesFocus, signedOutBy } = more;
  const { busy, refusal } = entering;
  const [problems, setProblems] = useState<DraftProblems | null>(null);
  const capsLock = useCapsLock();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);

  const send = async (sent: SignInDraft) => {
    if (busy !== null) return;
    const found = draftProblems(system, sent, hasKeptSecrets(system, sent, again));
    setProblems(found);
    if (found !== null) return;
    const failure = await entering.signIn(signInOf(system, sent));
    if (failure && typedWrong.includes(failure.code)) {
      const input = form.current?.querySelector<HTMLInputElement>(secret);
      // Why comes into view above it.
      input?.focus({ preventScroll: true });
      input?.select();
    }
  };
  const type = (id: string, text: string): SignInDraft => ({
    ...draft,
    fields: { ...draft.fields, [id]: text },
  });
  const trust = (fingerprint: string) => {
    const trusting = type(CERTIFICATE_FIELD, fingerprint);
    onChange(trusting);
    void send(trusting);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(draft);
  };

  // What the last try came to says nothing about a form that has to be mended first.
  const failure = busy === null && problems === null ? (refusal ?? signedOutBy) : null;
  const fields = shownSignInFields(system, draft.fields);
  const advanced = fields.filter((field) => field.advanced);
  const addressFirst = asksForAddress(system);
  const kept = hasKeptSecrets(system, draft, again);
  const isEmpty = (field: Declared) =>
    fieldValue(field, draft) === '' && !field.optional && !(kept && field.secret);
  const [firstEmpty] = useState(() =>
    addressFirst && draft.serverAddress === '' ? '' : fields.find(isEmpty)?.id,
  );
  const drawn = (field: Declared) => (
    <SignInField
      key={field.id}
      field={field}
      value={fieldValue(field, draft)}
      error={problems?.fields[field.id]}
      autoFocus={takesFocus && field.id === firstEmpty}
      capsLock={capsLock.on}
      kept={kept && field.secret}
      onChange={(text) => onChange(type(field.id, text))}
    />
  );
  const address = (
    <AddressField
      system={system}
      value={draft.serverAddress}
      error={problems?.serverAddress ?? null}
      autoFocus={takesFocus && firstEmpty === ''}
      onChange={(serverAddress) => onChange({ ...draft, serverAddress })}
    />
  );

  return (
    <form ref={form} onSubmit={submit} noValidate {...capsLock.listeners}>
      <Stack gap="md">
        {failure && (
          <Refusal
            failure={failure}
            system={system}
            before={draft.fields[CERTIFICATE_FIELD] ?? ''}
            onTrust={trust}
          />
        )}
        {addressFirst && address}
        {fields.filter((field) => !field.advanced).map(drawn)}
        <Checkbox
          label="Keep me signed in on this computer"
          description={canKeep ? undefined : 'This computer offers no safe place to keep a password.'}
          disabled={!canKeep}
          checked={draft.keep}
          onChange={(event) => onChange({ ...draft, keep: event.currentTarget.checked })}
        />
        {(advanced.length > 0 || !addressFirst) && (
          <Disclosure
            label="Advanced"
            startsOpen={isAdvancedChanged(system, draft)}
            staysOpen={problems !== null && hasProblemIn(problems, advanced, !addressFirst)}
          >
            <Stack gap="md">
              {advanced.map(drawn)}
              {!addressFirst && address}
            </Stack>
          </Disclosure>
        )}
        <SignInButtons busy={busy} isSecond={asksToTrust(system, failure)} onStop={entering.stop} />
      </Stack>
    </form>
  );
}

const hasProblemIn = (problems: DraftProblems, fields: readonly Declared[], address: boolean): boolean =>
  (address && problems.serverAddress !== null) || fields.some(({ id }) => problems.fields[id] !== undefined);

/** True where a failure is the question whether a certificate is the right one. */
const asksToTrust = (system: SignInDeclaration, failure: Failure | null): boolean =>
  failure?.fingerprint !== undefined && takesCertificate(system);

interface RefusalProps {
  readonly failure: Failure;
  readonly system: SignInDeclaration;
  readonly before: string;
  readonly onTrust: (fingerprint: string) => void;
}

/** Why one was not let in; where it is for the certificate alone, with the question whether it is the right one. */
function Refusal({ failure, system, before, onTrust }: RefusalProps) {
  const place = useRef<HTMLDivElement>(null);
  // Whoever pressed the button at the end of a long form would not see it.
  useEffect(() => {
    if (failure) place.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  const { fingerprint } = failure;
  if (fingerprint === undefined || !asksToTrust(system, failure)) {
    return (
      <div ref={place}>
        <FailureAlert failure={failure} />
      </div>
    );
  }
  return (
    <CertificateQuestion
      key={fingerprint}
      failure={failure}
      fingerprint={fingerprint}
      before={before}
      onTrust={() => onTrust(fingerprint)}
    />
  );
}
