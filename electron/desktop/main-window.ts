import { BrowserWindow, nativeTheme, screen } from 'electron';
import { z } from 'zod';
import { APP_ORIGIN } from '../ipc/trusted-sender.ts';
import { closeNavigation } from './window-security.ts';

const PAGE = `${APP_ORIGIN}/index.html`;
/** Milliseconds. */
const RELOAD_EVERY_MS = 60_000;

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(900),
  height: z.number().int().min(600),
  maximized: z.boolean(),
});

/** Where the window was, kept from one start to the next. */
export interface WindowMemory {
  recall(): unknown;
  keep(bounds: unknown): void;
}

/** The window's colour before the page has drawn itself, so that nothing flashes. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff');

/** Opens the one window. It shows itself once the page is drawn. */
export function openMainWindow(options: {
  readonly preload: string;
  readonly title: string;
  readonly memory: WindowMemory;
  /** Whether the developer tools can be opened. Not where people work. */
  readonly developing: boolean;
  /** Told of what went wrong with the window itself. */
  readonly onTrouble: (what: string, error?: unknown) => void;
}): BrowserWindow {
  const bounds = usableBounds(options.memory.recall());
  const window = new BrowserWindow({
    title: options.title,
    width: 1180,
    height: 760,
    ...(bounds && { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: options.developing,
    },
  });
  closeNavigation(window.webContents);
  if (bounds?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    try {
      options.memory.keep({ ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      options.onTrouble("the window's place could not be kept", error);
    }
  });
  bringBack(window, options.onTrouble);
  // Fails too when the window is closed before it has loaded.
  window.loadURL(PAGE).catch((error) => options.onTrouble('the page was not loaded', error));
  return window;
}

/** A page whose process has ended is white for ever: it is loaded anew, once a minute at most. */
function bringBack(window: BrowserWindow, onTrouble: (what: string) => void): void {
  let mayReload = true;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onTrouble(`the page's process is gone: ${reason}`);
    if (!mayReload || window.isDestroyed()) return;
    mayReload = false;
    setTimeout(() => {
      mayReload = true;
    }, RELOAD_EVERY_MS);
    window.reload();
  });
}

/** The kept bounds, unless the screen that they were on is gone. */
function usableBounds(kept: unknown): z.infer<typeof boundsSchema> | null {
  const parsed = boundsSchema.safeParse(kept);
  if (!parsed.success) return null;
  const area = screen.getDisplayMatching(parsed.data).workArea;
  const { x, y, width } = parsed.data;
  const reachable = x + width > area.x + 100 && x < area.x + area.width - 100 && y >= area.y - 20;
  return reachable && y < area.y + area.height - 100 ? parsed.data : null;
}

/** Brings the window that there is to the front, or opens one. */
export function showMainWindow(open: () => BrowserWindow): BrowserWindow {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return open();
  if (window.isMinimized()) window.restore();
  window.focus();
  return window;
}
