import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { KnownAccount } from '../../electron/contract/account.ts';
import { useCdr } from '../bridge/cdr-context.tsx';
import { clearNotices, notifyFailure } from '../ui/notify.tsx';
import { isLoopback } from '../words/server-address.ts';
import { AccountMenu } from './account-menu.tsx';
import { ClockBanner } from './clock-banner.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { pathOf } from './paths.ts';
import { Routes } from './routes.tsx';
import { screenNames } from './screens.tsx';
import classes from './shell.module.css';
import { SignInEndsBanner } from './sign-in-ends-banner.tsx';
import { useLostAccounts } from './use-lost-accounts.ts';

/** The window of somebody who is signed in: navigation on the left, the current screen beside it. */
export function Shell({ account }: { account: KnownAccount }) {
  const cdr = useCdr();
  const [path, navigate] = useLocation();
  const left = useRef(path);
  useEffect(() => {
    const leavesScreen = screenNames.some((name) => pathOf(name) === left.current) && left.current !== path;
    if (leavesScreen) clearNotices();
    left.current = path;
  }, [path]);
  useEffect(() => cdr.on('desktop.goTo', (screen) => navigate(pathOf(screen))), [cdr, navigate]);
  useEffect(() => {
    if (account.notKept) notifyFailure(account.notKept);
  }, [account.notKept]);
  useLostAccounts();
  return (
    <div className={classes.shell}>
      <nav aria-label="Screens and account" className={classes.side}>
        <div className={classes.brand}>CDR Desk</div>
        <Navigation />
        <div className={classes.account}>
          <AccountMenu account={account} />
        </div>
      </nav>
      <main className={classes.main}>
        {!isLoopback(account.serverAddress) && <OfflineBanner />}
        <SignInEndsBanner endsAt={account.signInEndsAt} />
        <ClockBanner offMs={account.clockOffMs} />
        <div className={classes.screen}>
          <Routes />
        </div>
      </main>
    </div>
  );
}
