/** Exposes `window.cdr`, made from the contract. No logic, no free channel names. */
import { contextBridge, ipcRenderer } from 'electron';
import { callNames, channelOf } from './contract/calls.ts';
import { type EventName, eventChannelOf, eventNames } from './contract/events.ts';

const areas = Object.entries(callNames).map(([area, names]) => [
  area,
  Object.fromEntries(
    names.map((name) => [name, (input: unknown) => ipcRenderer.invoke(channelOf(area, name), input)]),
  ),
]);

function on(name: EventName, listener: (payload: unknown) => void): () => void {
  if (!eventNames.includes(name)) throw new TypeError('no such event');
  const receive = (_event: unknown, payload: unknown) => listener(payload);
  ipcRenderer.on(eventChannelOf(name), receive);
  return () => {
    ipcRenderer.removeListener(eventChannelOf(name), receive);
  };
}

contextBridge.exposeInMainWorld('cdr', { ...Object.fromEntries(areas), on });
