import { Alert, Stack, Text } from '@mantine/core';
import { IconProgress } from '@tabler/icons-react';
import type { Failure } from '../../../electron/contract/failure.ts';
import { TechnicalDetails } from '../../ui/failure-alert.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { failureText } from '../../words/failure-text.ts';
import { makingPercent, makingText, waitsForTurn } from '../../words/making-text.ts';
import classes from './downloads.module.css';

/** How far a file is that is being made. No error: nothing of it is red. */
export function MakingNote({ name, failure }: { name: string; failure: Failure }) {
  const { headline, next } = failureText({ code: 'being-made', detail: failure.detail, subject: name });
  const text = makingText(failure);
  const percent = makingPercent(failure);
  return (
    <Alert
      classNames={{ root: classes.making ?? '', icon: classes.makingIcon ?? '' }}
      icon={<IconProgress aria-hidden />}
      title={waitsForTurn(failure) ? 'Other files are made first.' : headline}
    >
      <Stack gap="xs">
        {text !== null && <Text size="sm">{text}</Text>}
        {percent !== null && (
          <ProgressBar label={`Progress of ${name}`} percent={percent} text={text ?? ''} />
        )}
        <Text size="sm">{next}</Text>
        <TechnicalDetails failure={failure} />
      </Stack>
    </Alert>
  );
}
