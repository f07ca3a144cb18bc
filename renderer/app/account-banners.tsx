import { useEffect } from 'react';
import type { KnownAccount } from '../../electron/contract/account.ts';
import { notifyFailure } from '../ui/notify.tsx';
import { isLoopback } from '../words/server-address.ts';
import { ClockBanner } from './clock-banner.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { SignInEndsBanner } from './sign-in-ends-banner.tsx';
import { useLostAccounts } from './use-lost-accounts.ts';

/** What there is to know of the account and its service, above every screen. */
export function AccountBanners({ account }: { account: KnownAccount }) {
  useEffect(() => {
    if (account.notKept) notifyFailure(account.notKept);
  }, [account.notKept]);
  useLostAccounts();
  return (
    <>
      {!isLoopback(account.serverAddress) && <OfflineBanner />}
      <SignInEndsBanner endsAt={account.signInEndsAt} />
      <ClockBanner offMs={account.clockOffMs} />
    </>
  );
}
