import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Failure } from '../../electron/contract/failure.ts';
import { useCdr } from '../bridge/cdr-context.tsx';
import { failureText, supportText } from '../words/failure-text.ts';
import { CopyButton } from './copy-button.tsx';
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

/** The part of a failure that is for support, folded away. */
export function TechnicalDetails({ failure }: { failure: Failure }) {
  const cdr = useCdr();
  const text = async () => {
    const about = await cdr.desktop.about();
    return supportText(failure, about.ok ? about.value : null);
  };
  return (
    <Disclosure label="Technical details">
      <Code block className={classes.code ?? ''} mb="xs">
        {supportText(failure, null)}
      </Code>
      <CopyButton size="compact-sm" label="Copy details" text={text} />
    </Disclosure>
  );
}
