import type { AccountManager } from '../accounts/account-manager.ts';
import { readCertificateFile } from '../accounts/read-certificate-file.ts';
import { ok, type Result } from '../contract/result.ts';
import type { AreaHandlers } from './serve-calls.ts';

export interface AccountCallsOptions {
  readonly accounts: AccountManager;
  /** The folder that files go to of every account that has none of its own. */
  commonFolder(): string;
  /** Asks the person for a folder; null when they cancel. */
  askForFolder(current: string): Promise<string | null>;
  /** Asks the person for a file with certificates; null when they cancel. */
  askForCertificates(): Promise<string | null>;
}

export function accountCalls(options: AccountCallsOptions): AreaHandlers<'account'> {
  const { accounts } = options;
  const stateAfter = (done: Result<null>) => (done.ok ? ok(accounts.state()) : done);

  return {
    systems: () => ok(accounts.systems()),
    state: () => ok(accounts.state()),
    signIn: (input) => accounts.signIn(input),
    async chooseCertificates() {
      const path = await options.askForCertificates();
      return path === null ? ok(null) : readCertificateFile(path);
    },
    cancelSignIn() {
      accounts.cancelSignIn();
      return ok(null);
    },
    startDemo: ({ provider }) => accounts.startDemo(provider),
    switchTo: ({ key }) => accounts.switchTo(key),
    signOut: async ({ key }) => stateAfter(await accounts.signOut(key)),
    forget: async ({ key }) => stateAfter(await accounts.forget(key)),
    change: ({ key, change }) => stateAfter(accounts.changeOwn(key, change)),
    async chooseFolder({ key }) {
      const folder = await options.askForFolder(accounts.ownOf(key).folder ?? options.commonFolder());
      return folder === null ? ok(accounts.state()) : stateAfter(accounts.changeOwn(key, { folder }));
    },
  };
}
