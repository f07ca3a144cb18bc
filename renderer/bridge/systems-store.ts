import type { Bridge } from '../../electron/contract/bridge.ts';
import { createMirror } from './mirror.ts';

const never = () => () => {};

/** The systems that one can sign in to. They do not change while the application runs. */
export const createSystemsStore = (cdr: Bridge) => createMirror(never, () => cdr.account.systems());
