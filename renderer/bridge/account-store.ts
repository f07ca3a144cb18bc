import type { Bridge } from '../../electron/contract/bridge.ts';
import { createMirror } from './mirror.ts';

/** Who is signed in. */
export const createAccountStore = (cdr: Bridge) =>
  createMirror(
    (listener) => cdr.on('account.changed', listener),
    () => cdr.account.state(),
  );
