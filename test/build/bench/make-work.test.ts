import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRoom, contentOf, makeWork as makeAndTell } from '../../../build/bench/make-work.ts';
import type { Work, WorkFile } from '../../../build/bench/work.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const zip: WorkFile = { name: 'a-0001.zip', size: 1_500_000, content: 'zip' };
const csv: WorkFile = { name: 'site-0002.csv', size: 123_457, content: 'csv' };
const work: Work = { name: 'month', title: 'two files', files: [zip, csv] };

const makeWork = (what: Work, folder: string) => makeAndTell(what, folder, () => {});
const bytesOf = (file: WorkFile) => Buffer.concat([...contentOf(file)]);

describe('a file of the work', () => {
  it.each([zip, csv, { ...csv, size: 10 }])('has exactly its size: $name, $size', (file) => {
    expect(bytesOf(file)).toHaveLength(file.size);
  });

  it('is the same bytes each time, and others under another name', () => {
    expect(bytesOf(zip).equals(bytesOf(zip))).toBe(true);
    expect(bytesOf(zip).equals(bytesOf({ ...zip, name: 'a-0002.zip' }))).toBe(false);
  });

  it('looks like what it is', () => {
    expect(bytesOf(zip).subarray(0, 2).toString()).toBe('PK');
    expect(bytesOf(csv).toString().split('\n')[0]).toBe(
      'Conference ID,Site,Start,Minutes,Participants,Amount',
    );
  });
});

describe('making the work', () => {
  it('leaves the files with their checksums', async () => {
    const folder = temporaryFolder();
    const made = await makeWork(work, folder);
    expect(made.map(({ name, size }) => [name, size])).toEqual([
      [zip.name, zip.size],
      [csv.name, csv.size],
    ]);
    for (const { name, md5 } of made) {
      const content = readFileSync(join(folder, 'month', name));
      expect(createHash('md5').update(content).digest('hex')).toBe(md5);
    }
  });

  it('uses what an earlier run has left', async () => {
    const folder = temporaryFolder();
    const first = await makeWork(work, folder);
    const file = join(folder, 'month', zip.name);
    const { ino } = statSync(file);
    expect(await makeWork(work, folder)).toEqual(first);
    expect(statSync(file).ino).toBe(ino);
  });

  it.each([
    ['a file is gone', (folder: string) => rmSync(join(folder, 'month', csv.name))],
    ['a file is too short', (folder: string) => writeFileSync(join(folder, 'month', csv.name), 'x')],
    ['the index is gone', (folder: string) => rmSync(join(folder, 'month.json'))],
  ])('is done again when %s', async (_, spoil) => {
    const folder = temporaryFolder();
    const first = await makeWork(work, folder);
    spoil(folder);
    expect(await makeWork(work, folder)).toEqual(first);
    expect(statSync(join(folder, 'month', csv.name)).size).toBe(csv.size);
  });

  it('says how much room is needed where there is too little', async () => {
    await expect(checkRoom(temporaryFolder(), 1e18)).rejects.toThrow(
      /GB free, and 1000000000\.0 GB are needed.*--work/,
    );
  });
});
