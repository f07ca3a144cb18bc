import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { givenFolder } from '../../../build/runtime/given-folder.ts';
import { temporaryFolder, writeFiles } from '../temporary-folder.ts';

describe('a folder named in ELECTRON_OVERRIDE_DIST_PATH', () => {
  it.each([
    ['linux', 'electron'],
    ['win32', 'electron.exe'],
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ] as const)('is taken with the executable of %s', async (platform, executable) => {
    const folder = temporaryFolder();
    writeFiles(folder, { [executable]: '', version: 'v45.4.1\n' });
    expect(await givenFolder(folder, platform)()).toMatchObject({
      executablePath: join(folder, executable),
      electron: '45.4.1',
    });
  });

  it('is passed over when it is not set', async () => {
    expect(await givenFolder(undefined, 'linux')()).toEqual({ reason: expect.stringContaining('not set') });
  });

  it('is passed over, by name, when it holds no Electron', async () => {
    const folder = temporaryFolder();
    expect(await givenFolder(folder, 'linux')()).toEqual({ reason: expect.stringContaining(folder) });
  });
});
