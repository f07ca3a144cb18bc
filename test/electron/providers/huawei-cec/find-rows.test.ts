import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectZip } from '../../../../electron/providers/huawei-cec/inspect-zip.ts';
import { writeNotes } from '../../../../electron/providers/huawei-cec/job-notes.ts';
import { reportIds } from '../../../../electron/providers/huawei-cec/reports.ts';
import { findRows } from '../../../../electron/providers/huawei-cec/zip/find-rows.ts';
import { opener } from './opened.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdr-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function onDisk(files: Zippable): Promise<string> {
  count += 1;
  const path = join(folder, `${count}.zip`);
  await writeFile(path, zipSync(files));
  return path;
}

const CALL = '20260310101112131042_call_1.csv';
const RECORD = '20260310101112131042_record_1.csv';
const heading = 'developer,account_id,call_id,call_begin,call_end';

/** A row as it stands without a heading: the time at which the call began is the twelfth cell. */
const callRow = (begin: string) => `key,1,2,1001,c-1,555,556,,,,,${begin},${begin},2,1,,0,-1,9,,`;
const recordRow = (begin: string) => `key,1,2,1001,c-1,555,556,${begin},${begin},f.V3,1,success,f,9,,,,`;
const text = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`);

describe('the rows of a ZIP', () => {
  it('are counted over all of its tables, with the first and the last time at which a call began', async () => {
    const path = await onDisk({
      [CALL]: text(callRow('2026-03-10 12:00:00'), callRow('2026-03-11 09:00:00')),
      [RECORD]: text(recordRow('2026-03-10 00:00:01')),
      'readme.txt': text('not a table'),
    });
    expect(await findRows(path)).toEqual({
      rows: 3,
      first: '2026-03-10 00:00:01',
      last: '2026-03-11 09:00:00',
    });
  });

  it('have their columns where the heading says, which is no row', async () => {
    const path = await onDisk({ [CALL]: text(heading, 'key,1,c-1,2026-03-10 12:00:00,2026-03-10 12:01:00') });
    expect(await findRows(path)).toEqual({
      rows: 1,
      first: '2026-03-10 12:00:00',
      last: '2026-03-10 12:00:00',
    });
  });

  it('may hold line breaks, quotation marks and other alphabets, packed or not', async () => {
    const named = (name: Buffer) => {
      const row = callRow('2026-03-10 12:00:00').replace('c-1', '"a ""b""\r\n#"');
      const [before = '', after = ''] = row.split('#');
      return Buffer.concat([Buffer.from(before), name, Buffer.from(after)]);
    };
    const gb18030 = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0x81, 0x30, 0x81, 0x30]);
    for (const name of [Buffer.from('\u4e2d\u6587'), gb18030]) {
      const path = await onDisk({ [CALL]: [named(name), { level: 0 }] });
      expect(await findRows(path)).toMatchObject({ rows: 1, first: '2026-03-10 12:00:00' });
    }
  });

  it('may have no time that can be read', async () => {
    expect(await findRows(await onDisk({ [CALL]: text(callRow('')) }))).toEqual({
      rows: 1,
      first: null,
      last: null,
    });
  });

  it('are not known where a row never ends, which would fill the memory', async () => {
    const endless = Buffer.from(`"${'x'.repeat(2 * 1024 * 1024)}`);
    expect(await findRows(await onDisk({ [CALL]: endless }))).toBeNull();
  });

  it('are not known where there is no table', async () => {
    expect(await findRows(await onDisk({ 'readme.txt': text('nothing') }))).toBeNull();
  });
});

describe('times outside the period that was asked for', () => {
  const asked = { begin: '2026-03-10 00:00:00', end: '2026-03-12 23:59:59' };
  const making = {
    state: 'making',
    responseId: 'a',
    askedAt: 0,
    since: 0,
    polls: 0,
    provisional: false,
    asked,
  } as const;

  it.each([
    ['2026-03-09 16:00:00', true],
    ['2026-03-09 23:45:00', false],
    ['2026-03-10 00:00:00', false],
    ['2026-03-13 00:10:00', false],
    ['2026-03-13 08:00:00', true],
  ])('are noticed, but not a few minutes: a call at %s (%s)', async (begin, isNoticed) => {
    const path = await onDisk({ [CALL]: text(callRow('2026-03-11 12:00:00'), callRow(begin)) });
    expect((await inspectZip(path, making, null)).includes('times-outside')).toBe(isNoticed);
  });

  // The 10th to the 12th in Shanghai, which is eight hours ahead; New York is four behind after the 8th.
  it.each([
    ['utc', 'Asia/Shanghai', '2026-03-09 16:00:00', '2026-03-12 15:59:59', '2026-03-09 17:00:00', false],
    ['utc', 'Asia/Shanghai', '2026-03-09 16:00:00', '2026-03-12 15:59:59', '2026-03-12 23:00:00', false],
    ['utc', 'Asia/Shanghai', '2026-03-09 16:00:00', '2026-03-12 15:59:59', '2026-03-13 08:00:00', true],
    ['utc', 'America/New_York', '2026-03-10 04:00:00', '2026-03-13 03:59:59', '2026-03-10 01:00:00', false],
    ['utc', 'America/New_York', '2026-03-10 04:00:00', '2026-03-13 03:59:59', '2026-03-09 20:00:00', true],
    ['tenant', 'Asia/Shanghai', '2026-03-10 00:00:00', '2026-03-12 23:59:59', '2026-03-09 17:00:00', true],
  ])(
    'asked for in %s time in %s, %s to %s, are those of neither clock: a call at %s (%s)',
    async (timesIn, timeZone, first, last, call, isNoticed) => {
      const session = opener('https://cc.example.test:8443').open({ timeZone, timesIn });
      const sent = { begin: first, end: last };
      const zip = await onDisk({ [CALL]: text(callRow('2026-03-11 12:00:00'), callRow(call)) });
      const notes = writeNotes({ ...making, asked: sent });
      const seen = await session.inspectFile(reportIds.records, zip, notes);
      expect(seen.includes('times-outside')).toBe(isNoticed);
      const csv = `${zip}.csv`;
      await writeFile(csv, text(heading, ...['2026-03-11 12:00:00', call].map((at) => `key,1,c-1,${at},`)));
      const plan = JSON.stringify({ state: 'csv', table: 'call', asked: sent, slices: [] });
      const seenInCsv = await session.inspectFile(reportIds.records, csv, plan);
      expect(seenInCsv.includes('times-outside')).toBe(isNoticed);
      expect(seenInCsv.at(-1)).toMatchObject({ rows: 2 });
    },
  );

  it('are noticed where a single file has both clocks’ times', async () => {
    const session = opener('https://cc.example.test:8443').open({
      timeZone: 'Asia/Shanghai',
      timesIn: 'utc',
    });
    const notes = writeNotes({
      ...making,
      asked: { begin: '2026-03-09 16:00:00', end: '2026-03-12 15:59:59' },
    });
    const zip = await onDisk({
      [CALL]: text(callRow('2026-03-09 17:00:00'), callRow('2026-03-12 23:00:00')),
    });
    expect(await session.inspectFile(reportIds.records, zip, notes)).toContain('times-outside');
  });

  it('are nobody\u2019s to notice in a file that somebody else asked for', async () => {
    const path = await onDisk({ [CALL]: text(callRow('2026-03-13 08:00:00')) });
    expect(await inspectZip(path, { state: 'new' }, null)).toEqual([
      'rows-are-legs',
      { rows: 1, first: '2026-03-13 08:00:00', last: '2026-03-13 08:00:00' },
    ]);
  });
});
