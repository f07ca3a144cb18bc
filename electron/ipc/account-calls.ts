import type { AccountManager } from '../accounts/account-manager.ts';
import { ok } from '../contract/result.ts';
import type { AreaHandlers } from './serve-calls.ts';

export const accountCalls = (accounts: AccountManager): AreaHandlers<'account'> => ({
  systems: () => ok(accounts.systems()),
  state: () => ok(accounts.state()),
  signIn: (input) => accounts.signIn(input),
  startDemo: () => accounts.startDemo(),
  async signOut() {
    await accounts.signOut();
    return ok(accounts.state());
  },
});
