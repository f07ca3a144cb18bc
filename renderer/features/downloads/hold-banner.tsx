import { Button } from '@mantine/core';
import { IconBolt, IconClock, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { Download, DownloadHold, DownloadTotals } from '../../../electron/contract/download.ts';
import { useCdr, useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';
import { useAccountNames } from '../../bridge/use-account-names.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { TechnicalDetails } from '../../ui/failure-alert.tsx';
import { orNotify } from '../../ui/notify.tsx';
import { type HoldWords, holdText } from '../../words/hold-text.ts';
import classes from './downloads.module.css';
import { waitingIds } from './totals.ts';
import { useSteadyHold } from './use-steady-hold.ts';

interface HoldBannerProps {
  readonly hold: DownloadHold | null;
  readonly totals: DownloadTotals;
  readonly downloads: readonly Download[];
}

/** Says why nothing starts although something waits, when it goes on, and how to have it sooner. */
export function HoldBanner({ hold, totals, downloads }: HoldBannerProps) {
  const cdr = useCdr();
  const hours = useStore(useSharedStore(createSettingsStore), ({ value }) => value?.hours ?? null);
  const shown = useSteadyHold(hold, totals);
  const { accounts } = useAccounts();
  const nameOf = useAccountNames();
  // The empty area stays: a screen reader announces what comes into an area that it knows.
  return (
    <div role="status" className={classes.holdArea}>
      {shown?.reason === 'hours' && (
        <Banner
          kind="hours"
          icon={<IconClock size={18} stroke={1.75} aria-hidden />}
          words={holdText(shown, hours, Date.now())}
          action={
            <Button size="xs" variant="default" component={Link} href="/settings">
              Change the hours
            </Button>
          }
        >
          <p className={classes.holdLine}>
            To have a file sooner, press <IconBolt size={16} stroke={1.75} aria-hidden /> “Start now” in its
            row.
          </p>
        </Banner>
      )}
      {shown?.reason === 'unreachable' && (
        <Banner
          kind="unreachable"
          icon={<IconCloudOff size={18} stroke={1.75} aria-hidden />}
          words={holdText(shown, hours, Date.now(), accounts.length > 1 ? nameOf(shown) : null)}
          action={
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={15} aria-hidden />}
              onClick={() => void orNotify(cdr.downloads.retry(waitingIds(downloads, shown.accountKey)))}
            >
              Try now
            </Button>
          }
        >
          <TechnicalDetails failure={shown.failure} />
        </Banner>
      )}
    </div>
  );
}

interface BannerProps {
  readonly kind: DownloadHold['reason'];
  readonly icon: ReactNode;
  readonly words: HoldWords;
  readonly action: ReactNode;
  /** What more there is to know or to do. */
  readonly children: ReactNode;
}

/** The headline alone is announced: the time of the next try changes with each. */
function Banner({ kind, icon, words: { headline, next }, action, children }: BannerProps) {
  return (
    <div className={classes.hold} data-kind={kind}>
      <div className={classes.holdIcon}>{icon}</div>
      <div className={classes.holdText}>
        <strong>{headline}</strong>
        <div aria-live="off">
          <p className={classes.holdLine}>{next}</p>
          {children}
        </div>
      </div>
      {action}
    </div>
  );
}
