import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Bridge } from '../../electron/contract/bridge.ts';
import { CdrProvider } from '../bridge/cdr-context.tsx';
import { FailureBoundary } from './failure-boundary.tsx';
import { Gate } from './gate.tsx';
import classes from './notices.module.css';
import { cssVariables, theme } from './theme.ts';

interface AppProps {
  readonly cdr: Bridge;
  /** What the content security policy wants on style elements. */
  readonly styleNonce: string;
}

export function App({ cdr, styleNonce }: AppProps) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <DatesProvider settings={{ weekendDays: [] }}>
        <CdrProvider cdr={cdr}>
          <Notifications position="bottom-right" limit={4} classNames={{ root: classes.notices ?? '' }} />
          <FailureBoundary>
            <Router hook={useHashLocation}>
              <Gate />
            </Router>
          </FailureBoundary>
        </CdrProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
