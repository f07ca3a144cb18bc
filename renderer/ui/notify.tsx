import { Button, Group, type MantineColor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../electron/contract/failure.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { Tone } from '../words/download-status.ts';
import { failureText } from '../words/failure-text.ts';
import { FailureBody } from './failure-alert.tsx';

/** Says in passing that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', icon: <IconCheck size={18} aria-hidden /> });
}

/** Says in passing that something was done, with a way to take it back. */
export function notifyUndoable(message: string, undo: { label: string; onClick: () => void }): void {
  const takeBack = () => {
    notifications.hide(id);
    undo.onClick();
  };
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap">
        {message}
        <Button size="xs" variant="default" onClick={takeBack}>
          {undo.label}
        </Button>
      </Group>
    ),
    autoClose: 15_000,
  });
}

/** Takes all notices away: they belong to the screen that they came up on. */
export function clearNotices(): void {
  notifications.clean();
}

const toneColors: Record<Tone, MantineColor> = {
  neutral: 'gray',
  busy: 'harbour',
  good: 'teal',
  attention: 'orange',
  bad: 'red',
};

/** Says how something turned out, good or bad. What is not good stays longer. */
export function notifyTone(tone: Tone, title: string, message: string): void {
  notifications.show({ title, message, color: toneColors[tone], autoClose: tone === 'good' ? 6000 : 15_000 });
}

/** Shows a failure that has no place of its own on the screen. It stays until it is closed. */
export function notifyFailure(failure: Failure): void {
  if (failure.code === 'cancelled') return;
  showFailure(failure.code, failureText(failure).headline, <FailureBody failure={failure} />);
}

/** The same about one of several things, which the title names, with what can be done about it. */
export function notifyFailureOf(
  title: string,
  failure: Failure,
  action: { label: string; onClick: () => void },
): void {
  const id = `${failure.code} ${title}`;
  const act = () => {
    notifications.hide(id);
    action.onClick();
  };
  showFailure(
    id,
    title,
    <>
      {failureText(failure).headline}
      <FailureBody failure={failure} action={{ label: action.label, onClick: act }} />
    </>,
  );
}

function showFailure(id: string, title: string, message: ReactNode): void {
  notifications.show({
    id,
    title,
    message,
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    role: 'alert',
  });
}

/** Waits for a call whose failure has no place of its own; answers with its value, or null. */
export async function orNotify<T>(answer: Promise<Result<T>>): Promise<T | null> {
  const result = await answer;
  if (result.ok) return result.value;
  notifyFailure(result.failure);
  return null;
}
