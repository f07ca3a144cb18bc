/** The one page that may call us: the application's own, in the window's main frame. */
export const APP_ORIGIN = 'app://cdr-desk';

/** What a call tells of where it came from; the shape of Electron's `WebFrameMain`, as far as we look. */
export interface SenderFrame {
  readonly url: string;
  /** Null for the window's main frame. */
  readonly parent: unknown;
}

/** True when the call comes from our own page. A frame that is gone already is not trusted. */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  if (!frame || frame.parent !== null) return false;
  return frame.url === APP_ORIGIN || frame.url.startsWith(`${APP_ORIGIN}/`);
}
