import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOnDisk, fileTable } from '../../build/demo-record.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

const md5 = createHash('md5').update('content').digest('hex');

function recorded(changes: object = {}) {
  const folder = temporaryFolder();
  writeFiles(folder, { 'a.zip': 'content' });
  return { path: join(folder, 'a.zip'), size: 7, md5, md5Expected: md5, outcome: 'verified', ...changes };
}

describe('checking a file against its record', () => {
  it('finds nothing wrong with a whole and verified file', async () => {
    expect(await checkOnDisk(recorded())).toEqual({ name: 'a.zip', bytes: 7, md5 });
  });

  it.each([
    ['the outcome is another', { outcome: 'unverified' }, 'recorded as unverified'],
    ['the size differs', { size: 8 }, 'recorded with 8 bytes'],
    ['the checksum found differs', { md5: 'x' }, 'recorded with MD5 x'],
    ['the checksum given differs', { md5Expected: 'y' }, 'the service gave MD5 y'],
    ['the file is not there', { path: '/nowhere/a.zip' }, 'not on disk'],
  ])('finds it when %s', async (_, changes, problem) => {
    expect(await checkOnDisk(recorded(changes))).toMatchObject({ problem });
  });

  it('is shown with the verdict for each file', () => {
    const table = fileTable([
      { name: 'a.zip', bytes: 7, md5 },
      { name: 'longer-name.zip', bytes: 7, md5, problem: 'recorded as failed' },
    ]);
    expect(table.split('\n').map((line) => line.split(/ {2,}/).at(-1))).toEqual([
      'Verdict',
      'verified',
      'NOT VERIFIED: recorded as failed',
    ]);
  });
});
