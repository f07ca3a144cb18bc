import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { type Desk, launchDesk } from './launch.ts';

let service: FaultyService;
let desk: Desk;

beforeAll(async () => {
  service = await startFaultyService({ today: localDay(Date.now()) });
  desk = await launchDesk();
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

describe('the renderer is closed', () => {
  it('has no Node and no way to require anything', async () => {
    const found = await desk.window.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
  });

  it('reaches the main process through the contract only', async () => {
    const areas = await desk.window.evaluate(() => Object.keys(Reflect.get(window, 'cdr')).sort());
    expect(areas).toEqual([
      'account',
      'desktop',
      'downloads',
      'history',
      'manifest',
      'on',
      'reports',
      'settings',
    ]);
  });

  it('cannot reach the network in any of the usual ways', async () => {
    const before = service.requests.length;
    const tried = await desk.window.evaluate(async (address) => {
      const ways: Record<string, () => Promise<unknown>> = {
        fetch: () => fetch(address),
        image: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = `${address}/image.png`;
          }),
        script: () =>
          new Promise((resolve, reject) => {
            const script = document.createElement('script');
            script.onload = resolve;
            script.onerror = reject;
            script.src = `${address}/script.js`;
            document.head.append(script);
          }),
        socket: () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(address.replace('http', 'ws'));
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      };
      const outcomes: Record<string, string> = {};
      for (const [name, way] of Object.entries(ways)) {
        outcomes[name] = await way().then(
          () => 'reached',
          () => 'refused',
        );
      }
      return outcomes;
    }, service.address);
    expect(tried).toEqual({ fetch: 'refused', image: 'refused', script: 'refused', socket: 'refused' });
    expect(service.requests.length).toBe(before);
  });

  it('runs in a sandbox, isolated, without Node', async () => {
    const preferences = await desk.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const read: unknown = window && Reflect.get(window.webContents, 'getLastWebPreferences');
      return typeof read === 'function' ? read.call(window?.webContents) : null;
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  it('cannot be led away from its own page', async () => {
    await desk.window.evaluate((address) => {
      location.href = address;
      open(address);
    }, service.address);
    await desk.window.waitForFunction(() => document.readyState === 'complete');
    expect(desk.window.url()).toMatch(/^app:\/\/cdr-desk\//);
    expect(desk.app.windows()).toHaveLength(1);
  });
});
