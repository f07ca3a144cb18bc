import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startFaultyService } from '../../fakes/faulty-service.ts';
import { newFolder, readLines } from './cdr.ts';

const projectFolder = join(import.meta.dirname, '..', '..', '..');

it.skipIf(process.platform === 'win32')(
  'npm run cdr does from a checkout what the documentation shows, and prints nothing else',
  async () => {
    const service = await startFaultyService({ today: '2026-11-22' });
    onTestFinished(() => service.close());
    const folder = await newFolder();
    const line =
      'printf %s "$PASSWORD" | npm run -s cdr -- fetch --server URL --account NAME --password-stdin ' +
      '--report daily-archives --from 2026-10-01 --to 2026-10-31 --to-folder DIR --at-once 6 --data-dir STATE --json';
    const command = line
      .replace('URL', service.address)
      .replace('NAME', service.account.name)
      .replace('DIR', join(folder, 'files'))
      .replace('STATE', join(folder, 'state'));
    const { stdout } = await promisify(execFile)('sh', ['-c', command], {
      cwd: projectFolder,
      env: { ...process.env, PASSWORD: service.account.password },
    });
    const lines = readLines(stdout);
    expect(stdout.trimEnd().split('\n')).toHaveLength(lines.length);
    expect(lines.at(-1)).toMatchObject({ summary: { verified: 30, missing: ['2026-10-17'], exitCode: 0 } });
    expect(await readdir(join(folder, 'files'))).toHaveLength(30);
  },
  120_000,
);
