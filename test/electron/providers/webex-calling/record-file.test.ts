import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdSet } from '../../../../electron/lib/id-set.ts';
import {
  createSeenKeys,
  documentedColumns,
  headingsOf,
} from '../../../../electron/providers/webex-calling/columns.ts';
import type { CallRecord } from '../../../../electron/providers/webex-calling/record.ts';
import {
  type RecordFileOptions,
  recordFileBytes,
} from '../../../../electron/providers/webex-calling/record-file.ts';
import { createRecordId } from '../../../../electron/providers/webex-calling/record-id.ts';
import { textOf } from './signed-in.ts';

/** The file of these batches. */
function write(batches: readonly (readonly CallRecord[])[], options: Partial<RecordFileOptions> = {}) {
  const seen = createSeenKeys();
  for (const record of batches.flat()) seen.see(record);
  const all: RecordFileOptions = {
    format: 'csv',
    bom: false,
    safe: false,
    keys: seen.list,
    batches: async function* () {
      yield* batches;
    },
    ...options,
  };
  return textOf(recordFileBytes(all));
}

const rowsOf = (csv: string): Record<string, string>[] =>
  parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });

const uuid = (n: number) => `11111111-2222-4333-8444-${n.toString(16).padStart(12, '0')}`;

describe('CSV', () => {
  it('is read back by csv-parse as it was written, whatever the values and keys', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'NA', '"', '""', ',', '\n', '\r\n', ' a ', '+1555', '"a",\r\n"b"', '\ufeff'),
      fc.integer(),
    );
    const key = fc.oneof(
      fc.constantFrom(...documentedColumns),
      fc.constantFrom('Odd, "key"', 'line\nbreak', 'Ünbekannt', '__proto__'),
    );
    const record = fc.array(fc.tuple(key, value)).map((entries) => Object.fromEntries(entries));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), fc.boolean(), async (records, bom) => {
        const numbered = records.map((one, i) => ({ ...one, 'Report ID': uuid(i) }));
        const csv = await write([numbered], { bom });
        expect(csv.startsWith('\ufeff')).toBe(bom);
        const rows: string[][] = parse(csv, { bom: true, record_delimiter: '\r\n' });
        const [headings = [], ...values] = rows;
        expect(values).toHaveLength(numbered.length);
        numbered.forEach((one, i) => {
          const fields = new Map(Object.entries(one).map(([name, text]) => [name, String(text)]));
          expect(values[i]).toEqual(headings.map((heading) => fields.get(heading) ?? ''));
        });
        for (const one of numbered) for (const name in one) expect(headings).toContain(name);
      }),
    );
  });

  it('ends every line with CR and LF, quotes only where it must, and leaves what is missing empty', async () => {
    const csv = await write([
      [{ 'Start time': 'a', Duration: 180, User: 'x, "y"', ELIN: 'NA', Location: null }],
    ]);
    const [head, row, end] = csv.split('\r\n');
    expect(head?.startsWith('Start time,Answer time,')).toBe(true);
    expect(row?.replace(/,+/g, ',')).toBe('a,180,"x, ""y""",NA,');
    expect(end).toBe('');
  });

  it('has the documented columns in their order, then unknown ones as they appeared over the whole result', async () => {
    const csv = await write([
      [{ Zeta: '1', 'Report ID': uuid(1) }],
      [{ Alpha: '2', Zeta: '3', 'Report ID': uuid(2) }],
    ]);
    const [headings = []]: string[][] = parse(csv);
    expect(headings).toEqual([...documentedColumns, 'Zeta', 'Alpha']);
    expect(rowsOf(csv).map(({ Zeta, Alpha }) => [Zeta, Alpha])).toEqual([
      ['1', ''],
      ['3', '2'],
    ]);
  });

  it('takes keys for the same whatever their case and blanks, under the first spelling that was seen', async () => {
    const csv = await write([
      [
        { 'Device Mac': 'A', 'call  transfer time': 'x', 'Report ID': uuid(1) },
        { 'Device MAC': 'B', 'Call transfer Time': 'y', 'Report ID': uuid(2) },
        { 'Device MAC': '', 'Device Mac': 'C', 'Report ID': uuid(3) },
      ],
    ]);
    const rows = rowsOf(csv);
    expect(rows.map((row) => row['Device Mac'])).toEqual(['A', 'B', 'C']);
    expect(rows.map((row) => row['call  transfer time'])).toEqual(['x', 'y', '']);
    expect(Object.keys(rows[0] ?? {})).toHaveLength(documentedColumns.length);
  });

  it('has its headings where there is no record', async () => {
    expect(await write([])).toBe(`${documentedColumns.join(',')}\r\n`);
  });

  it('defuses formulas only when asked to', async () => {
    const risky = {
      User: '=1+1',
      'Calling number': '+1555',
      'Site timezone': '-300',
      ELIN: '@x',
      Location: 'a=b',
    };
    const plain = rowsOf(await write([[risky]]))[0];
    expect(plain).toMatchObject(risky);
    const safe = rowsOf(await write([[risky]], { safe: true }))[0];
    expect(safe).toMatchObject({
      User: "'=1+1",
      'Calling number': "'+1555",
      'Site timezone': "'-300",
      ELIN: "'@x",
      Location: 'a=b',
    });
  });

  it('comes in pieces, and can be made again from the beginning', async () => {
    const records = Array.from({ length: 5000 }, (_, i) => ({ 'Report ID': uuid(i), User: 'ö'.repeat(50) }));
    const options: RecordFileOptions = {
      format: 'csv',
      bom: true,
      safe: false,
      keys: ['Report ID', 'User'],
      batches: async function* () {
        yield records;
      },
    };
    const pieces: Buffer[] = [];
    for await (const piece of recordFileBytes(options)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(512 * 1024);
    expect(await textOf(recordFileBytes(options))).toBe(Buffer.concat(pieces).toString());
  });

  it('never drops a value silently', async () => {
    await expect(write([[{ Unseen: 'x' }]], { keys: [] })).rejects.toThrow('without a column');
  });
});

describe('JSON lines', () => {
  it('hold the records as they came, one a line, without a mark', async () => {
    const records = [{ User: 'a\nb', Duration: 3, 'OS type': 'na' }, { 'Device Mac': 'x' }];
    const text = await write([records], { format: 'jsonl', bom: true, safe: true });
    expect(
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual(records);
  });
});

describe('de-duplication', () => {
  const id = fc.oneof(
    fc.uuid(),
    fc.uuid().map((text) => text.toUpperCase()),
    fc.constantFrom('', 'NA', 'na', 'call-7', '00000000-0000-0000-0000-000000000000'),
    fc.integer({ min: 0, max: 20 }).map(uuid),
  );
  const record = fc.record({ 'Report ID': id, User: fc.constantFrom('a', 'b') });

  it('keeps the first of each report id, and of each whole record without one, over all batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(record, { maxLength: 30 }), { maxLength: 4 }), async (batches) => {
        const seen = new Set<string>();
        const expected = batches.flat().filter((one) => {
          const given = one['Report ID'];
          const key = ['', 'NA', 'na'].includes(given) ? JSON.stringify(one) : given.toLowerCase();
          if (seen.has(key)) return false;
          seen.add(key);
          return true;
        });
        const text = await write(batches, { format: 'jsonl' });
        const kept = text
          .split('\n')
          .slice(0, -1)
          .map((line): unknown => JSON.parse(line));
        expect(kept).toEqual(expected);
      }),
    );
  });

  it('finds nothing in overlapping windows and repeated pages that a single reading would not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 }),
        async (ids, windows) => {
          const all = ids.map((one) => ({ 'Report ID': one }));
          const again = windows.map(([a, b]) => all.slice(Math.min(a, b), Math.max(a, b)));
          expect(await write([all, ...again])).toBe(await write([all]));
        },
      ),
    );
  });

  it('takes a record without an id for the same when only the order of its keys differs', () => {
    const idOf = createRecordId();
    const one = [...idOf({ User: 'a', Location: 'b' })];
    expect([...idOf({ Location: 'b', User: 'a' })]).toEqual(one);
    expect([...idOf({ Location: 'a', User: 'b' })]).not.toEqual(one);
  });

  it('remembers every id, through growing', () => {
    const ids = createIdSet();
    const word = (n: number) => Uint32Array.of(0, n % 3, 0, n);
    for (let n = 0; n < 50_000; n++) expect(ids.add(word(n))).toBe(true);
    for (let n = 0; n < 50_000; n++) expect(ids.add(word(n))).toBe(false);
  });
});

it('headings say each column once', () => {
  const headings = headingsOf(['device  mac', 'New one', 'DURATION']);
  expect(new Set(headings.map((heading) => heading.toLowerCase())).size).toBe(headings.length);
  expect(headings.slice(-1)).toEqual(['New one']);
});
