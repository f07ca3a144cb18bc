import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainStartFailure } from '../../../electron/desktop/start-failure.ts';
import { openDatabase } from '../../../electron/lib/database.ts';
import { ensureWritable } from '../../../electron/lib/writable-folder.ts';

const newHome = () => mkdtemp(join(tmpdir(), 'cdr-start-'));

/** What a person reads when this is thrown while the application starts. */
function said(start: () => unknown) {
  try {
    start();
  } catch (error) {
    return explainStartFailure(error, '/profile');
  }
  throw new Error('nothing went wrong');
}

describe('what a person reads when the application cannot start', () => {
  it('says that the records are damaged, and that the files are not', async () => {
    const path = join(await newHome(), 'cdr-desk.sqlite');
    await writeFile(path, 'no database at all '.repeat(500));
    const { headline, text } = said(() => openDatabase(path));
    expect(headline).toBe('The records of your downloads are damaged.');
    expect(text).toContain('Files that were downloaded are not affected.');
    expect(text).toContain('Folder: /profile');
  });

  it('says that the folder cannot be written', async () => {
    const file = join(await newHome(), 'a-file');
    await writeFile(file, '');
    const headline = 'CDR Desk cannot write into its own folder.';
    expect(said(() => ensureWritable(join(file, 'profile')))).toMatchObject({ headline });
    expect(said(() => ensureWritable(file))).toMatchObject({ headline });
    expect(said(() => openDatabase(join(file, 'cdr-desk.sqlite')))).toMatchObject({ headline });
  });

  it('says that the records are of a newer version', async () => {
    const path = join(await newHome(), 'cdr-desk.sqlite');
    const newer = openDatabase(path);
    newer.migrate('queue', ['CREATE TABLE one (a)', 'CREATE TABLE two (a)']);
    newer.close();
    const { text } = said(() => openDatabase(path).migrate('queue', ['CREATE TABLE one (a)']));
    expect(text).toContain('Please install the newest version.');
  });

  it.each([
    [{ code: 'ENOSPC' }, 'The disk is full.'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 13 }, 'The disk is full.'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 5 }, 'Another program holds the records of your downloads.'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 8 | (1 << 8) }, 'CDR Desk cannot write into its own folder.'],
    [{ code: 'EACCES' }, 'CDR Desk cannot write into its own folder.'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 1 }, 'CDR Desk could not start.'],
    [{}, 'CDR Desk could not start.'],
  ])('for %j is: %s', (more, headline) => {
    expect(explainStartFailure(Object.assign(new Error('x'), more), '/profile').headline).toBe(headline);
  });

  it('holds no message and no stack of the error, whatever was thrown', () => {
    for (const error of [new TypeError('secret'), 'secret', null, { message: 'secret' }]) {
      const { headline, text } = explainStartFailure(error, '/profile');
      expect(`${headline} ${text}`).not.toMatch(/secret|\bat /);
    }
  });
});

describe('a folder that is to be written', () => {
  it('is made where there is none, and left as it was', async () => {
    const folder = join(await newHome(), 'not', 'yet');
    ensureWritable(folder);
    ensureWritable(folder);
    await writeFile(join(folder, 'settings.json'), '{}');
    expect(() => ensureWritable(folder)).not.toThrow();
  });
});
