import { startHuaweiSample } from '../../demo/huawei-cec/index.ts';
import type { Provider } from '../provider.ts';
import { readAddress } from './base-address.ts';
import { reports } from './reports.ts';
import { createSession } from './session.ts';
import { signIn } from './sign-in.ts';

/** Huawei contact center (CEC, AICC): call records and recording indexes from its file server, CC-FS. */
export function createHuaweiCec(): Provider {
  return {
    signIn,
    reports,
    readAddress,
    accountName: (fields) => fields.accessKey?.trim() ?? '',
    startSample: startHuaweiSample,
    openSession: createSession,
  };
}
