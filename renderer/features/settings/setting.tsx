import { Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../../electron/contract/failure.ts';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import classes from './settings.module.css';

interface SettingProps {
  readonly saved: boolean;
  readonly failure: Failure | null;
  readonly children: ReactNode;
}

/** One setting, with the word that it is saved beside it. */
export function Setting({ saved, failure, children }: SettingProps) {
  return (
    <div className={classes.setting}>
      <div className={classes.field}>
        {children}
        {failure && <FailureAlert failure={failure} />}
      </div>
      <div role="status" className={classes.saved}>
        {saved && (
          <>
            <IconCheck size={16} aria-hidden />
            <Text size="sm" c="inherit">
              Saved
            </Text>
          </>
        )}
      </div>
    </div>
  );
}
