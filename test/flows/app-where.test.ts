import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const projectFolder = join(import.meta.dirname, '..', '..');

it('npm run -s app:where prints one line of JSON that tells how to launch the application', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'app:where'], {
    cwd: projectFolder,
    shell: process.platform === 'win32',
  });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  const { executablePath, args, electron } = JSON.parse(stdout);
  expect(existsSync(executablePath)).toBe(true);
  expect(args.at(-1)).toBe(projectFolder);
  expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
});
