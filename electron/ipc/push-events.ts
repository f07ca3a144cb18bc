import { type EventName, type Events, eventChannelOf } from '../contract/events.ts';

/** Tells the renderer something; lost when there is no window, which then loads everything anew anyway. */
export type PushEvent = <E extends EventName>(name: E, payload: Events[E]) => void;

/** `windows` are those to tell; the shape of Electron's `BrowserWindow`, as far as we need it. */
export function createEventPusher(
  windows: () => Iterable<{
    isDestroyed(): boolean;
    readonly webContents: { send(channel: string, payload: unknown): void };
  }>,
): PushEvent {
  return (name, payload) => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.webContents.send(eventChannelOf(name), payload);
    }
  };
}
