import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconShieldExclamation, IconShieldQuestion } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TechnicalDetails } from '../../ui/failure-alert.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { failureText } from '../../words/failure-text.ts';
import classes from './certificate-question.module.css';

interface CertificateQuestionProps {
  readonly failure: Failure;
  readonly fingerprint: string;
  /** The fingerprint that was trusted until now; empty: none. */
  readonly before: string;
  readonly onTrust: () => void;
}

/**
 * Asks whether a server's certificate is the right one. One that has changed asks for more than a press: it may be
 * somebody in between.
 */
export function CertificateQuestion({ failure, fingerprint, before, onTrust }: CertificateQuestionProps) {
  const changed = failure.code === 'certificate-changed';
  const [confirmed, setConfirmed] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => question.current?.focus(), []);
  const { headline, next } = failureText(failure);
  return (
    <Alert
      ref={question}
      tabIndex={-1}
      classNames={{ root: classes.question ?? '', icon: classes.icon ?? '', message: classes.message ?? '' }}
      data-changed={changed}
      icon={changed ? <IconShieldExclamation aria-hidden /> : <IconShieldQuestion aria-hidden />}
      title={headline}
    >
      <Stack gap="xs">
        <Text size="sm">{next}</Text>
        <Text size="sm" fw={500}>
          Fingerprint (SHA-256) of {changed ? 'the new certificate' : 'the certificate'}
        </Text>
        <Fingerprint fingerprint={fingerprint} />
        {changed && before !== '' && (
          <>
            <Text size="sm" fw={500}>
              Fingerprint that you trusted before
            </Text>
            <Fingerprint fingerprint={before} />
          </>
        )}
        <CopyButton size="compact-sm" label="Copy the fingerprint" text={() => fingerprint} />
        {changed && (
          <Checkbox
            label="My administrator says that the certificate was replaced, and the new fingerprint is right."
            checked={confirmed}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
          />
        )}
        <Group>
          <Button
            size="sm"
            variant={changed ? 'outline' : 'filled'}
            color={changed ? 'red' : 'harbour'}
            disabled={changed && !confirmed}
            onClick={onTrust}
          >
            Trust this certificate
          </Button>
        </Group>
        <TechnicalDetails failure={failure} />
      </Stack>
    </Alert>
  );
}
