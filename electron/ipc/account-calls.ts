import type { AccountManager } from '../accounts/account-manager.ts';
import { ok } from '../contract/result.ts';
import type { AreaHandlers } from './serve-calls.ts';

export const accountCalls = (accounts: AccountManager): AreaHandlers<'account'> => ({
  systems: () => ok(accounts.systems()),
  state: () => ok(accounts.state()),
  signIn: (input) => accounts.signIn(input),
  startDemo: () => accounts.startDemo(),
  async signOut() {
    const done = await accounts.signOut();
    return done.ok ? ok(accounts.state()) : done;
  },
});
