import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Failure } from '../../electron/contract/failure.ts';
import { useCdr } from '../bridge/cdr-context.tsx';
import { failureText, supportText } from '../words/failure-text.ts';
import { Disclosure } from './disclosure.tsx';
import classes from './failure-alert.module.css';

interface FailureAction {
  readonly label: string;
  readonly onClick: () => void;
  readonly busy?: boolean;
}

interface FailureAlertProps {
  readonly failure: Failure;
  /** What the person can do here and now, e.g. "Try again". */
  readonly action?: FailureAction;
  readonly onClose?: () => void;
}

/** A failure: what happened, what to do next, and the technical part folded away for support. */
export function FailureAlert({ failure, action, onClose }: FailureAlertProps) {
  return (
    <Alert
      classNames={{ root: classes.alert ?? '', icon: classes.icon ?? '', message: classes.message ?? '' }}
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={failureText(failure).headline}
      {...(onClose && { withCloseButton: true, closeButtonLabel: 'Close', onClose })}
    >
      <FailureBody failure={failure} {...(action && { action })} />
    </Alert>
  );
}

/** What stands under the headline of a failure. */
export function FailureBody({ failure, action }: { failure: Failure; action?: FailureAction }) {
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{failureText(failure).next}</Text>
      {action && (
        <Button size="xs" variant="default" onClick={action.onClick} loading={action.busy ?? false}>
          {action.label}
        </Button>
      )}
      <TechnicalDetails failure={failure} />
    </Stack>
  );
}

function TechnicalDetails({ failure }: { failure: Failure }) {
  const cdr = useCdr();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const about = await cdr.desktop.about();
    const answer = await cdr.desktop.copyText(supportText(failure, about.ok ? about.value : null));
    setCopied(answer.ok);
  };
  return (
    <Disclosure label="Technical details">
      <Code block className={classes.code ?? ''}>
        {supportText(failure, null)}
      </Code>
      <Group gap="sm" mt="xs">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={() => void copy()}
        >
          Copy details
        </Button>
        <Text size="sm" role="status">
          {copied && 'Copied'}
        </Text>
      </Group>
    </Disclosure>
  );
}
