import type { AccountManager } from '../accounts/account-manager.ts';
import { ok } from '../contract/result.ts';
import type { AreaHandlers } from './serve-calls.ts';

export const accountCalls = (accounts: AccountManager): AreaHandlers<'account'> => ({
  systems: () => ok(accounts.systems()),
  state: () => ok(accounts.state()),
  signIn: (input) => accounts.signIn(input),
  cancelSignIn() {
    accounts.cancelSignIn();
    return ok(null);
  },
  startDemo: ({ provider }) => accounts.startDemo(provider),
  switchTo: ({ key }) => accounts.switchTo(key),
  async signOut({ key }) {
    const done = await accounts.signOut(key);
    return done.ok ? ok(accounts.state()) : done;
  },
  async forget({ key }) {
    const done = await accounts.forget(key);
    return done.ok ? ok(accounts.state()) : done;
  },
});
