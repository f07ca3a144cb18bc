import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
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

it('what the flows run is built as what ships: no development build, no path of the computer that built it', () => {
  const built = globSync('.vite/**/*.{js,cjs}', { cwd: projectFolder });
  expect(built.length).toBeGreaterThanOrEqual(3);
  for (const file of built) {
    const code = readFileSync(join(projectFolder, file), 'utf8');
    expect(code.includes(projectFolder), file).toBe(false);
    expect(code.includes('jsxDEV'), file).toBe(false);
  }
});
