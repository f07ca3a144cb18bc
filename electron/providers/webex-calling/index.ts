import { startWebexSample } from '../../demo/webex-calling/sample.ts';
import type { Provider } from '../provider.ts';
import { reports, signIn } from './declaration.ts';
import type { Spacing } from './pace.ts';
import { readDataAddress } from './regions.ts';
import { createSession } from './session.ts';

/**
 * Webex Calling: the detailed call history of an organization, made into files from the records of the service. `spacing`
 * is how far requests are apart; left out, it is as the service wants it.
 */
export function createWebexCalling({ spacing }: { readonly spacing?: Spacing } = {}): Provider {
  return {
    signIn,
    reports,
    readAddress: readDataAddress,
    accountName: (fields) => fields.accountName?.trim() ?? '',
    startSample: startWebexSample,
    openSession: (options) => createSession(options, spacing),
  };
}
