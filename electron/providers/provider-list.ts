import { createCiscoCca } from './cisco-cca/index.ts';
import { createHuaweiCec } from './huawei-cec/index.ts';
import type { Provider } from './provider.ts';
import { createWebexCalling } from './webex-calling/index.ts';
import { createYeastarS } from './yeastar-s/index.ts';

/** Every system that one can sign in to, in the order to show them. */
export const providers: readonly Provider[] = [
  createCiscoCca(),
  createWebexCalling(),
  createHuaweiCec(),
  createYeastarS(),
];
