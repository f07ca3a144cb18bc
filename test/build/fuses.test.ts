import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { setFuses } from '../../build/fuses.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What marks the fuses in Electron's binary; then come the version, how many there are, and one digit for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** A binary that is nothing but its fuses, as current Electron has them from the start. */
const binary = (wire: string) =>
  Buffer.concat([Buffer.from(`head${SENTINEL}`), Buffer.from([1, wire.length]), Buffer.from(`${wire}tail`)]);

const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);

describe('the fuses of a packaged application', () => {
  it.each([
    ['linux', 'electron'],
    ['win32', 'electron.exe'],
  ])('leave no way to run other code, on %s', async (platform, name) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, name), binary('10110001'));
    await setFuses(folder, platform);
    expect(await getCurrentFuseWire(join(folder, name))).toMatchObject({
      [FuseV1Options.RunAsNode]: OFF,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
      [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
      [FuseV1Options.OnlyLoadAppFromAsar]: ON,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    });
  });

  it('are set as far as an older Electron has them, and nothing else is touched', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'electron');
    await writeFile(path, binary('1011000'));
    await cp(path, `${path}-before`);
    await setFuses(folder, 'linux');
    const [before, after] = [await readFile(`${path}-before`), await readFile(path)];
    expect(after.toString('latin1')).toBe(before.toString('latin1').replace('1011000', '0100110'));
  });

  it('are not taken for set in a binary that has none', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'electron'), 'no fuses');
    await expect(setFuses(folder, 'linux')).rejects.toThrow('sentinel');
  });
});
