import { startSampleService } from '../../demo/sample-service.ts';
import { readServerAddress } from '../../network/server-address.ts';
import type { Provider } from '../provider.ts';
import { reports, signIn } from './declaration.ts';
import { createSession } from './session.ts';

/** Cisco Cloud Connected Audio: CDR files and Peak Port files of a service provider's conferences. */
export function createCiscoCca(): Provider {
  return {
    signIn,
    reports,
    readAddress: (typed) => readServerAddress(typed, signIn.defaultServerAddress),
    accountName: (fields) => fields.accountName?.trim() ?? '',
    startSample: startSampleService,
    openSession: createSession,
  };
}
