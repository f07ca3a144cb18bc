import type { Bridge } from '../../electron/contract/bridge.ts';

declare global {
  interface Window {
    readonly cdr?: Bridge;
  }
}

/** The bridge that the preload script put in place. Everything else gets it handed in. */
export function readBridge(): Bridge {
  if (!window.cdr) throw new Error('This page runs inside CDR Desk only.');
  return window.cdr;
}
