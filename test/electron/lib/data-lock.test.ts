import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockData } from '../../../electron/lib/data-lock.ts';

const lockFile = join(import.meta.dirname, '..', '..', '..', 'electron', 'lib', 'data-lock.ts');

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdr-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Another process that tries to take the lock, and keeps it. Answers when it knows. */
async function lockElsewhere(folder: string) {
  const program = `
    import { lockData } from ${JSON.stringify(lockFile)};
    const lock = lockData(${JSON.stringify(folder)});
    process.send(lock !== null);
    process.on('message', () => { lock?.release(); process.send('released'); });
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [gotIt] = await once(child, 'message');
  return { child, gotIt };
}

describe('the lock on a data folder', () => {
  it('is held by one process at a time', async () => {
    const folder = newFolder();
    const { child, gotIt } = await lockElsewhere(folder);
    expect(gotIt).toBe(true);
    expect(lockData(folder)).toBeNull();
    child.send('release');
    await once(child, 'message');
    const lock = lockData(folder);
    expect(lock).not.toBeNull();
    expect((await lockElsewhere(folder)).gotIt).toBe(false);
    lock?.release();
  });

  it('goes with the process that held it, however it ended', async () => {
    const folder = newFolder();
    const { child } = await lockElsewhere(folder);
    expect(lockData(folder)).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = lockData(folder);
    expect(lock).not.toBeNull();
    lock?.release();
  });

  it('is held once within a process too', () => {
    const folder = newFolder();
    const lock = lockData(folder);
    expect(lockData(folder)).toBeNull();
    lock?.release();
    expect(lockData(folder)).not.toBeNull();
  });

  it('says so when the folder is not there', () => {
    expect(() => lockData(join(newFolder(), 'gone'))).toThrow();
  });
});
