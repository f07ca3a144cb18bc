import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestText, readManifest } from '../../../electron/manifest/manifest-file.ts';
import { type ManifestRow, manifestColumns, wholeOutcomes } from '../../../electron/manifest/manifest-row.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdr-manifest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const row: ManifestRow = {
  name: 'a.zip',
  size: 10,
  md5Expected: 'a'.repeat(32),
  md5Found: 'b'.repeat(32),
  sha256: 'c'.repeat(64),
  service: 'cisco-cca',
  account: 'acme-machine',
  report: 'Peak Port files, daily',
  period: '2026-10-01/2026-10-31',
  downloadedAt: Date.UTC(2026, 10, 1, 9, 30),
  attempts: 2,
  outcome: 'verified',
  notes: '',
};

async function read(text: string | Buffer) {
  const path = join(folder, 'manifest.csv');
  await writeFile(path, text);
  return readManifest(path);
}

const textOf = (...rows: ManifestRow[]) => [...manifestText(rows)].join('');
const header = manifestColumns.join(',');

const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((values) => values.map((value) => value.toString(16)).join(''));
const text = fc.string({ unit: 'binary' });
const anyRow: fc.Arbitrary<ManifestRow> = fc.record({
  name: fc.string({ unit: 'binary', minLength: 1 }),
  size: fc.nat({ max: 2 ** 45 }),
  md5Expected: fc.option(hex(32)),
  md5Found: hex(32),
  sha256: hex(64),
  service: text,
  account: text,
  report: text,
  period: fc.option(fc.string({ minLength: 1 })),
  downloadedAt: fc.nat({ max: Date.UTC(9999, 0) }),
  attempts: fc.nat(),
  outcome: fc.constantFrom(...wholeOutcomes),
  notes: text,
});

describe('a manifest', () => {
  it('is CSV with a line of column names', () => {
    const stamp = '2026-11-01T09:30:00.000Z';
    expect(textOf(row)).toBe(
      `${header}\r\na.zip,10,${row.md5Expected},${row.md5Found},${row.sha256},cisco-cca,acme-machine,` +
        `"Peak Port files, daily",2026-10-01/2026-10-31,${stamp},2,verified,\r\n`,
    );
    expect(header).toBe(
      'name,size,md5_expected,md5_found,sha256,service,account,report,period,downloaded_at,attempts,outcome,notes',
    );
  });

  it('is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow), async (rows) => {
        expect(await read(textOf(...rows))).toEqual({ kind: 'manifest', rows, hasMore: false });
      }),
    );
  });

  it('may be very long', async () => {
    const rows = Array.from({ length: 1201 }, (_, n) => ({ ...row, name: `${n}.csv` }));
    expect(await read(textOf(...rows))).toEqual({ kind: 'manifest', rows, hasMore: false });
  });

  it('may begin with a byte order mark, end its lines in another way, and have its columns in another order', async () => {
    const manifest = { kind: 'manifest', rows: [row], hasMore: false };
    expect(await read(`\uFEFF${textOf(row)}`)).toEqual(manifest);
    expect(await read(`${textOf(row).replaceAll('\r\n', '\n')}\n`)).toEqual(manifest);
    const turned = (line: string) => line.replace(/^(.*?),(.*?),/, '$2,$1,');
    expect(await read(textOf(row).split('\r\n').map(turned).join('\r\n'))).toEqual(manifest);
  });

  it('of an earlier version has no notes', async () => {
    const text = textOf(row).replace(',notes', '').replace('verified,', 'verified');
    expect(await read(text)).toEqual({ kind: 'manifest', rows: [row], hasMore: false });
  });

  it('may have columns that somebody added', async () => {
    const text = textOf(row).replace('outcome', 'outcome,comment').replace('verified', 'verified,fine');
    expect(await read(text)).toEqual({ kind: 'manifest', rows: [row], hasMore: true });
  });

  it('takes checksums in either case', async () => {
    expect(await read(textOf(row).replace(row.sha256, row.sha256.toUpperCase()))).toMatchObject({
      rows: [row],
    });
  });
});

describe('another file', () => {
  it.each([
    ['nothing', ''],
    ['a line of other columns', 'name,size\r\na,1\r\n'],
    ['a table of its own', 'a;b;c\n1;2;3\n'],
    ['a quotation mark that never ends', '"name,size'],
    ['a very long line', 'x'.repeat(3_000_000)],
    ['bytes that are no text', Buffer.from([0, 255, 254, 10, 200, 13, 10, 34])],
  ])('with %s is no manifest', async (_, content) => {
    expect(await read(content)).toEqual({ kind: 'other' });
  });
});

describe('a damaged manifest', () => {
  const good = textOf(row);
  it.each([
    ['a cell too few', 'a.zip,10'],
    ['a cell too many', `${good.split('\r\n')[1]},more`],
    ['a size that is no number', good.split('\r\n')[1]?.replace(',10,', ',1E+01,') ?? ''],
    ['no SHA-256', good.split('\r\n')[1]?.replace(row.sha256, '') ?? ''],
    ['a day in another form', good.split('\r\n')[1]?.replace(/2026-11-01T[^,]*/, '01.11.2026 09:30') ?? ''],
    ['an outcome that we do not know', good.split('\r\n')[1]?.replace('verified', 'fine') ?? ''],
    ['no name', good.split('\r\n')[1]?.replace('a.zip', '') ?? ''],
  ])('is named by its line: %s', async (_, line) => {
    expect(await read(`${good}${line}\r\n`)).toEqual({ kind: 'damaged', line: 3 });
  });

  it('is one that ends in the middle of a cell', async () => {
    expect(await read(`${good}"a.zip`)).toMatchObject({ kind: 'damaged' });
  });
});

describe('a file that cannot be read', () => {
  it('throws what the file system says', async () => {
    await expect(readManifest(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(readManifest(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
