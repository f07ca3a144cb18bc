import { Box, Button, Group, Input, Text } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { SignInField } from '../../../electron/contract/account.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { IconList } from '../../ui/icon-list.tsx';
import { certificatesIn } from '../../words/certificates-text.ts';
import { failureText } from '../../words/failure-text.ts';
import classes from './certificate-file.module.css';

interface CertificateFileProps {
  readonly field: SignInField;
  /** The certificates as text; empty: none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A file with certificates to pick, and which ones it holds. */
export function CertificateFile({ field, value, onChange }: CertificateFileProps) {
  const cdr = useCdr();
  const [failure, setFailure] = useState<Failure | null>(null);
  const chooser = useRef<HTMLButtonElement>(null);
  const problem = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (failure) problem.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);
  const labelId = useId();
  const helpId = useId();

  const choose = async () => {
    const chosen = await cdr.account.chooseCertificates();
    setFailure(chosen.ok ? null : chosen.failure);
    if (chosen.ok && chosen.value !== null) onChange(chosen.value);
  };
  const remove = () => {
    // The button that was pressed goes away: the keyboard goes on beside it.
    chooser.current?.focus();
    setFailure(null);
    onChange('');
  };
  return (
    <fieldset className={classes.field} aria-labelledby={labelId} aria-describedby={helpId}>
      <Input.Label labelElement="div" id={labelId}>
        {field.label} (optional)
      </Input.Label>
      {value !== '' && (
        <Box my={4}>
          <IconList icon={IconCertificate} items={certificatesIn(value)} size="sm" />
        </Box>
      )}
      <Group gap="xs" my={4}>
        <Button ref={chooser} size="xs" variant="default" onClick={() => void choose()}>
          {value === '' ? 'Choose a file…' : 'Choose another file…'}
        </Button>
        {value !== '' && (
          <Button size="xs" variant="subtle" onClick={remove}>
            Remove
          </Button>
        )}
      </Group>
      <Text id={helpId} size="xs" c="dimmed">
        {field.help}
      </Text>
      {failure && (
        <Text ref={problem} role="alert" size="xs" c="var(--mantine-color-error)" mt={4}>
          {failureText(failure).headline} {failureText(failure).next}
        </Text>
      )}
    </fieldset>
  );
}
