import { ok } from '../contract/result.ts';
import type { AreaHandlers } from './serve-calls.ts';

export interface DesktopCallsOptions {
  readonly version: string;
  readonly platform: string;
  copyText(text: string): void;
}

export const desktopCalls = ({
  version,
  platform,
  copyText,
}: DesktopCallsOptions): AreaHandlers<'desktop'> => ({
  about: () => ok({ version, platform }),
  copyText(text) {
    copyText(text);
    return ok(null);
  },
});
