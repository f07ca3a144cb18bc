import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

const script = join(import.meta.dirname, '..', '..', 'build', 'with-dependencies.js');

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { version: '0.0.0' },
      'node_modules/library': { version },
      'node_modules/for-another-system': { version: '1.0.0', optional: true },
    },
  });

/** Stands for npm: writes down how it was called, and installs what the lock asks for. */
const npm = `
  const fs = require('node:fs');
  fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
  console.log('added 1 package');
  if (fs.existsSync('npm-fails')) process.exit(1);
  fs.mkdirSync('node_modules/node/bin', { recursive: true });
  if (!fs.existsSync('node_modules/node/bin/node')) fs.symlinkSync(process.execPath, 'node_modules/node/bin/node');
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  delete packages['node_modules/for-another-system'];
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

const command = `
  process.stdout.write(JSON.stringify(process.argv.slice(2)));
  if (process.argv.includes('--wait')) { console.log('ready'); setInterval(() => {}, 1000); }
  else process.exitCode = 3;
`;

function setUp() {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'package.json': '{"type":"module"}',
    'package-lock.json': lock('1.0.0'),
    'npm.cjs': npm,
    'build/hello.ts': command,
  });
  cpSync(script, join(folder, 'build', 'with-dependencies.js'));
  const start = (...args: string[]) =>
    spawn(process.execPath, [join(folder, 'build', 'with-dependencies.js'), 'hello', ...args], {
      env: { ...process.env, npm_execpath: join(folder, 'npm.cjs') },
    });
  const run = async (...args: string[]) => {
    const child = start(...args);
    const [[code], out, err] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, out, err };
  };
  const npmCalls = () => {
    const file = join(folder, 'npm-calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  return { folder, start, run, npmCalls };
}

describe.skipIf(process.platform === 'win32')('running a command with the dependencies there', () => {
  it('installs them on a fresh clone, then runs the command with its arguments', async () => {
    const { run, npmCalls } = setUp();
    expect(await run('--demo', 'x')).toMatchObject({ code: 3, out: '["--demo","x"]' });
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci /)]);
  });

  it('keeps standard output for the command alone', async () => {
    const { run } = setUp();
    const { out, err } = await run();
    expect(out).toBe('[]');
    expect(err).toContain('added 1 package');
  });

  it('installs nothing when they are as locked, packages for other systems aside', async () => {
    const { run, npmCalls } = setUp();
    await run();
    await run();
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci /)]);
  });

  it('installs again when the lock has changed, without throwing away what is there', async () => {
    const { folder, run, npmCalls } = setUp();
    await run();
    writeFiles(folder, { 'package-lock.json': lock('2.0.0') });
    await run();
    await run();
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci /), expect.stringMatching(/^install --no-save /)]);
  });

  it('stops when installing fails', async () => {
    const { folder, run } = setUp();
    writeFiles(folder, { 'npm-fails': '' });
    expect(await run()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('failed') });
  });

  it('says what to do when the Node that npm should have installed is not there', async () => {
    const { folder, run } = setUp();
    await run();
    rmSync(join(folder, 'node_modules', 'node', 'bin', 'node'));
    const { code, err } = await run();
    expect(code).toBe(1);
    expect(err).toContain('npm rebuild node --ignore-scripts=false');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('passes a signal on to the command and ends by it', async () => {
    const { start } = setUp();
    const child = start('--wait');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
  });
});
