import { describe, expect, it } from 'vitest';
import type { CheckedFile, FolderCheck } from '../../../electron/contract/manifest.ts';
import {
  checkCounts,
  checkedFileStatus,
  checkHeadline,
  checkPercent,
  checkProgressText,
  copiedCheck,
  isAsDownloaded,
} from '../../../renderer/words/folder-check-text.ts';

const NOW = new Date(2026, 2, 17, 14, 0).getTime();
const nothing = { same: 0, changed: 0, missing: 0, unreadable: 0, extra: 0 };
const aCheck = (
  count: Partial<FolderCheck['count']>,
  differences: readonly CheckedFile[] = [],
): FolderCheck => ({
  folder: 'D:\\CDR\\March',
  count: { ...nothing, ...count },
  differences,
});
const aFile = (more: Partial<CheckedFile> = {}): CheckedFile => ({
  name: 'march.zip',
  result: 'changed',
  sizeExpected: 1_000_000,
  size: 2_000_000,
  ...more,
});

describe('the outcome of a check in one sentence', () => {
  it.each<[Partial<FolderCheck['count']>, string, boolean]>([
    [{ same: 31 }, 'All 31 files are as they were downloaded.', true],
    [{ same: 1204, extra: 3 }, 'All 1,204 files are as they were downloaded.', true],
    [{ same: 1 }, 'The one file is as it was downloaded.', true],
    [{ extra: 2 }, 'The manifest lists no files.', true],
    [{ same: 30, missing: 1 }, '1 of 31 files is not as it was downloaded.', false],
    [
      { same: 28, missing: 1, changed: 1, unreadable: 1, extra: 9 },
      '3 of 31 files are not as they were downloaded.',
      false,
    ],
    [{ changed: 1 }, '1 of 1 file is not as it was downloaded.', false],
  ])('%j', (count, sentence, good) => {
    expect(checkHeadline(aCheck(count))).toBe(sentence);
    expect(isAsDownloaded(aCheck(count))).toBe(good);
  });
});

it('counts what there is, the worst first', () => {
  expect(checkCounts(aCheck({ same: 28, extra: 2, missing: 1 })).map(({ text }) => text)).toEqual([
    '1 missing',
    '2 not in the manifest',
    '28 as downloaded',
  ]);
});

describe('what is said of one file', () => {
  it.each<[Partial<CheckedFile>, string, string | null]>([
    [{}, 'Changed', '2.0 MB now, 1.0 MB then'],
    [{ size: 1_000_001 }, 'Changed', '1,000,001 bytes now, 1,000,000 then'],
    [{ size: 1_000_000 }, 'Changed', 'Same size, other content'],
    [{ result: 'missing', size: null }, 'Missing', '1.0 MB'],
    [{ result: 'unreadable', size: null, sizeExpected: null }, 'Can’t be read', null],
    [{ result: 'extra', sizeExpected: null }, 'Not in the manifest', '2.0 MB'],
  ])('%j', (more, label, detail) => {
    expect(checkedFileStatus(aFile(more))).toMatchObject({ label, detail });
  });
});

describe('how far a check is', () => {
  const progress = { checkId: 'a', files: 1, filesInAll: 4, bytes: 750, bytesInAll: 1000 };

  it('is told in files and bytes, and measured in bytes', () => {
    expect(checkProgressText(progress)).toBe('1 of 4 files, 750 bytes of 1.0 kB');
    expect(checkPercent(progress)).toBe(75);
  });

  it('is measured in files where there is nothing to read', () => {
    expect(checkPercent({ ...progress, bytes: 0, bytesInAll: 0 })).toBe(25);
    expect(checkPercent({ ...progress, files: 0, filesInAll: 0, bytes: 0, bytesInAll: 0 })).toBe(0);
  });
});

describe('the list to copy', () => {
  const many = Array.from({ length: 3000 }, (_, index) => aFile({ name: `CDR_${index}.zip` }));
  const check = aCheck({ same: 1, changed: many.length }, many);

  it('has a line for each difference, with its sizes to the byte', () => {
    const text = copiedCheck(
      aCheck({ same: 1, missing: 1 }, [aFile({ result: 'missing', size: null })]),
      NOW,
      9999,
    );
    expect(text.split('\n').slice(2)).toEqual([
      '1 of 2 files is not as it was downloaded.',
      '',
      'Result\tName\tBytes in the manifest\tBytes now',
      'Missing\tmarch.zip\t1000000\t',
    ]);
    expect(text).toContain('D:\\CDR\\March');
  });

  it('keeps each file on its line, whatever its name', () => {
    const text = copiedCheck(aCheck({ extra: 1 }, [aFile({ name: 'a\tb\nc' })]), NOW, 9999);
    expect(text.split('\n').at(-1)).toMatch(/^Changed\ta b c\t/);
  });

  it.each([1000, 20_000, 100_000])(
    'is never longer than %i characters, and counts what it leaves out',
    (most) => {
      const text = copiedCheck(check, NOW, most);
      expect(text.length).toBeLessThanOrEqual(most);
      const lines = text.split('\n');
      const more = /^and ([\d,]+) more$/.exec(lines.at(-1) ?? '')?.[1]?.replace(',', '') ?? '0';
      const listed = lines.filter((line) => line.startsWith('Changed\t')).length;
      expect(listed + Number(more)).toBe(many.length);
    },
  );
});
