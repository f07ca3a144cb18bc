import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronPackage } from '../../../build/runtime/electron-package.ts';
import { temporaryFolder, writeFiles } from '../temporary-folder.ts';

const hour = 60 * 60 * 1000;

/** An installed `electron` package of version 45.0.0 on Linux, its binary fetched or not. */
function setUp(options: { binary?: string; network?: boolean } = {}) {
  const folder = temporaryFolder();
  const addBinary = (version: string) =>
    writeFiles(folder, { 'electron/dist/electron': '', 'electron/dist/version': version });
  const state = { fetches: 0, now: 0, network: options.network ?? false };
  writeFiles(folder, { 'electron/package.json': '{"version":"45.0.0"}' });
  if (options.binary) addBinary(options.binary);
  const source = electronPackage({
    folder: join(folder, 'electron'),
    platform: 'linux',
    fetchBinary: async () => {
      state.fetches += 1;
      if (state.network) addBinary('45.0.0');
    },
    memoryFile: join(folder, 'cache', 'not-fetched.json'),
    now: () => state.now,
  });
  const leaveMemory = (text: string) => writeFiles(folder, { 'cache/not-fetched.json': text });
  const upgradeTo = (version: string) =>
    writeFiles(folder, { 'electron/package.json': JSON.stringify({ version }) });
  return {
    source,
    state,
    executablePath: join(folder, 'electron', 'dist', 'electron'),
    upgradeTo,
    leaveMemory,
  };
}

describe('the binary of the electron package', () => {
  it('is taken when it is there, without fetching', async () => {
    const { source, state, executablePath } = setUp({ binary: '45.0.0' });
    expect(await source()).toMatchObject({ executablePath, electron: '45.0.0' });
    expect(state.fetches).toBe(0);
  });

  it('is fetched when it is missing', async () => {
    const { source, executablePath } = setUp({ network: true });
    expect(await source()).toMatchObject({ executablePath, electron: '45.0.0' });
  });

  it('is fetched anew when the one there is of another version', async () => {
    const { source, state } = setUp({ binary: 'v44.0.0', network: true });
    expect(await source()).toMatchObject({ electron: '45.0.0' });
    expect(state.fetches).toBe(1);
  });

  it('gives a reason when it can not be fetched', async () => {
    const { source } = setUp();
    expect(await source()).toEqual({ reason: expect.stringContaining('45.0.0 could not be fetched') });
  });

  it('is not tried again within a day of a failure', async () => {
    const { source, state } = setUp();
    await source();
    state.now = 23 * hour;
    expect(await source()).toEqual({ reason: expect.stringContaining('npx install-electron') });
    expect(state.fetches).toBe(1);
  });

  it('is tried again a day after a failure', async () => {
    const { source, state } = setUp();
    await source();
    state.now = 24 * hour;
    state.network = true;
    expect(await source()).toMatchObject({ electron: '45.0.0' });
  });

  it('is tried again when the memory of a failure is half written, or from the future', async () => {
    const { source, state, leaveMemory } = setUp();
    leaveMemory('{"version":"45.');
    expect(await source()).toHaveProperty('reason');
    leaveMemory(JSON.stringify({ version: '45.0.0', failedAt: hour }));
    expect(await source()).toHaveProperty('reason');
    expect(state.fetches).toBe(2);
  });

  it('is tried again at once for another version', async () => {
    const { source, state, upgradeTo } = setUp();
    await source();
    upgradeTo('46.0.0');
    await source();
    expect(state.fetches).toBe(2);
  });
});
