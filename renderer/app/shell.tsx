import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { KnownAccount } from '../../electron/contract/account.ts';
import { useCdr } from '../bridge/cdr-context.tsx';
import { clearNotices } from '../ui/notify.tsx';
import { AccountBanners } from './account-banners.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Navigation } from './navigation.tsx';
import { OpenRoutes } from './open-routes.tsx';
import { pathOf } from './paths.ts';
import { Routes } from './routes.tsx';
import { screenNames } from './screens.tsx';
import classes from './shell.module.css';

/** The window: navigation on the left, the current screen beside it. `account`: who is signed in; null: nobody. */
export function Shell({ account }: { account: KnownAccount | null }) {
  const cdr = useCdr();
  const [path, navigate] = useLocation();
  const left = useRef(path);
  useEffect(() => {
    const leavesScreen = screenNames.some((name) => pathOf(name) === left.current) && left.current !== path;
    if (leavesScreen) clearNotices();
    left.current = path;
  }, [path]);
  useEffect(() => cdr.on('desktop.goTo', (screen) => navigate(pathOf(screen))), [cdr, navigate]);
  return (
    <div className={classes.shell}>
      <nav aria-label={account ? 'Screens and account' : 'Screens'} className={classes.side}>
        <div className={classes.brand}>CDR Desk</div>
        <Navigation signedIn={account !== null} />
        {account && (
          <div className={classes.account}>
            <AccountMenu account={account} />
          </div>
        )}
      </nav>
      <main className={classes.main}>
        {account && <AccountBanners account={account} />}
        <div className={classes.screen}>{account ? <Routes /> : <OpenRoutes />}</div>
      </main>
    </div>
  );
}
