import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../electron/contract/failure.ts';
import { bytesAnswer } from '../../../../electron/demo/answer.ts';
import {
  type HuaweiServiceOptions,
  resultAnswer,
} from '../../../../electron/demo/huawei-cec/huawei-service.ts';
import { notesSchema } from '../../../../electron/history/stored-notes.ts';
import { noteLine } from '../../../../electron/manifest/note-words.ts';
import { csvBytes } from '../../../../electron/providers/huawei-cec/csv/csv-bytes.ts';
import { readPlan } from '../../../../electron/providers/huawei-cec/csv/plan.ts';
import { scanZip } from '../../../../electron/providers/huawei-cec/csv/scan-zip.ts';
import { reportIds } from '../../../../electron/providers/huawei-cec/reports.ts';
import { documentedColumns } from '../../../../electron/providers/huawei-cec/zip/tables.ts';
import type { ListedFile } from '../../../../electron/providers/provider.ts';
import { hasMoreToSay, needsAttention, noteFacts, shortNotes } from '../../../../renderer/words/note-text.ts';
import { openDesk } from '../behaviour/desk.ts';
import { march, rowsIn, tempFolder, withCsv } from './made-csv.ts';
import { find, huaweiSystem, patience, toPrepare, withService } from './opened.ts';

const SECOND_MS = 1000;
const stamp = '20260310101112131042';
const CALL = `${stamp}_call_1.csv`;

/** A row of calls with these cells, under the documented columns. */
const callRow = (cells: Readonly<Record<string, string>>): string =>
  documentedColumns.call.map((name) => cells[name] ?? '').join(',');
const leg = (id: string, number = '-1', begin = '2026-03-01 10:00:00') =>
  callRow({ developer: 'key', call_id: id, call_id_num: number, call_begin: begin, caller_no: `00${id}` });
const table = (...rows: string[]) => strToU8(rows.map((row) => `${row}\r\n`).join(''));
const heading = documentedColumns.call.join(',');

const zipAnswer = (files: Zippable) =>
  bytesAnswer(200, 'Application/Octet-stream;charset=UTF-8', Buffer.from(zipSync(files)));

type Intercept = NonNullable<HuaweiServiceOptions['intercept']>;

/** Answers downloads with these ZIPs in turn, in place of what was asked for. */
const bringing =
  (...zips: readonly Zippable[]): Intercept =>
  (call, count, as) => {
    const zip = call === 'downloadBillFile' ? zips[count - 1] : undefined;
    return zip ? zipAnswer(zip) : as();
  };

const idsIn = (csv: Buffer | Failure) => rowsIn(csv).map((row) => row.call_id);

describe('one CSV of a period', () => {
  it('counts every byte of its files as it comes, since the person may limit their speed', async () => {
    const csv = await withCsv();
    await csv.end();
    const slices = readPlan(csv.job.notes)?.slices ?? [];
    const sizes = slices.map(({ came }) => (came?.kind === 'zip' ? came.size : 0));
    expect(sizes.every((size) => size > 0)).toBe(true);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
    expect(sum(csv.arrived)).toBe(sum(sizes));
  });

  it('is made of files of three days at most that meet, each asked for once, after the one before it has come', async () => {
    const csv = await withCsv();
    const inTurn: string[] = [];
    const seen = () => csv.service.calls.map(({ call }) => call);
    const rows = rowsIn(await csv.end());
    inTurn.push(...seen());
    expect(inTurn).toEqual(Array.from({ length: 3 }, () => ['queryBillData', 'downloadBillFile']).flat());
    expect(csv.generates().map(({ msgBody }) => [msgBody.beginTime, msgBody.endTime])).toEqual([
      ['2026-03-01 00:00:00', '2026-03-03 23:59:59'],
      ['2026-03-03 23:59:59', '2026-03-05 23:59:59'],
      ['2026-03-05 23:59:59', '2026-03-08 00:00:00'],
    ]);
    const days = new Set(rows.map((row) => row.call_begin?.slice(0, 10)));
    expect([...days].slice(0, 7)).toEqual(Array.from({ length: 7 }, (_, day) => `2026-03-0${day + 1}`));
  });

  it('says how many of its files are there', async () => {
    const csv = await withCsv();
    const told: unknown[] = [];
    for (let prepared = await csv.step(); !prepared.ok; prepared = await csv.step()) {
      const { progress } = prepared.failure;
      told.push([progress?.done, progress?.total]);
      await csv.pass(prepared.failure);
    }
    expect(told).toEqual([
      [0, 3],
      [1, 3],
      [1, 3],
      [2, 3],
      [2, 3],
    ]);
  });

  it('goes on after a restart at any step, and asks for nothing a second time', async () => {
    const usual = await withCsv();
    const expected = await usual.end();
    const csv = await withCsv();
    expect(await csv.end(async () => csv.restart())).toEqual(expected);
    expect(csv.generates()).toHaveLength(3);
    expect(csv.downloads()).toHaveLength(3);
  });

  it('fetches a file again that was lost on the disk, and has it made no second time', async () => {
    const csv = await withCsv();
    let isLost = false;
    const end = await csv.end(async () => {
      if (isLost || !(await readdir(csv.folder)).includes('2.zip')) return;
      isLost = true;
      await rm(join(csv.folder, '1.zip'));
    });
    expect(isLost).toBe(true);
    expect(rowsIn(end).length).toBeGreaterThan(0);
    expect(csv.generates()).toHaveLength(3);
    expect(csv.downloads()).toHaveLength(4);
  });

  it('begins anew where its period is cut in other places since', async () => {
    const csv = await withCsv();
    const first = await csv.step();
    if (first.ok) throw new Error('made at once');
    const link = JSON.parse(csv.listed.link ?? '');
    const other = { ...csv.listed, link: JSON.stringify({ ...link, slices: link.slices.slice(0, 2) }) };
    await csv.pass(first.failure);
    await csv.session().prepareFile?.(toPrepare(reportIds.records, other), csv.job, patience());
    expect(csv.generates()).toHaveLength(2);
    expect(csv.downloads()).toHaveLength(0);
  });

  it('waits for a file that is not made yet, and looks for it under its other names', async () => {
    const csv = await withCsv(
      { makingMs: 100 * SECOND_MS, nameZone: 'Asia/Shanghai' },
      {
        period: { from: '2026-03-01', to: '2026-03-01' },
      },
      Date.UTC(2026, 2, 14, 20),
    );
    expect(rowsIn(await csv.end()).length).toBeGreaterThan(0);
    expect(csv.generates()).toHaveLength(1);
    expect(csv.downloads().length).toBeGreaterThan(2);
  });

  it('leaves out days without records, unless there are none at all', async () => {
    const none: Intercept = (call, count, as) =>
      call === 'queryBillData' && count === 2 ? resultAnswer('0300012') : as();
    const csv = await withCsv({ intercept: none });
    const days = new Set(rowsIn(await csv.end()).map((row) => row.call_begin?.slice(0, 10)));
    expect(days.has('2026-03-03')).toBe(true);
    expect(days.has('2026-03-05')).toBe(false);
    const empty = await withCsv({
      intercept: (call, _count, as) => (call === 'queryBillData' ? resultAnswer('0300012') : as()),
    });
    expect(await empty.end()).toMatchObject({ code: 'no-data' });
  });

  it('is not made of a file that is cut off: it is fetched anew', async () => {
    const whole = Buffer.from(zipSync({ [CALL]: table(heading, leg('1')) }));
    const csv = await withCsv(
      {
        intercept: (call, count, as) => {
          if (call !== 'downloadBillFile') return as();
          return bytesAnswer(200, 'Application/Octet-stream', count === 1 ? whole.subarray(0, -30) : whole);
        },
      },
      { period: { from: '2026-03-01', to: '2026-03-01' } },
    );
    let left: string[] = [];
    const look = async () => {
      if (csv.downloads().length === 1) left = await readdir(csv.folder);
    };
    expect(idsIn(await csv.end(look))).toEqual(['1']);
    expect(left).toEqual([]);
    expect(csv.generates()).toHaveLength(1);
    expect(csv.downloads()).toHaveLength(2);
  });

  const day = { period: { from: '2026-03-01', to: '2026-03-01' } };
  const wholeZip = Buffer.from(zipSync({ [CALL]: [table(heading, leg('1')), { level: 0 }] }));
  const damagedZip = Buffer.from(wholeZip.toString('latin1').replace('developer', 'Developer'), 'latin1');
  const asZip = (bytes: Buffer) => bytesAnswer(200, 'Application/Octet-stream', bytes);

  it.each([
    ['a connection that ends without an answer', 'cut-off' as const, 'keeps-breaking'],
    ['a ZIP that is cut off', asZip(wholeZip.subarray(0, -30)), 'unusable-answer'],
    ['a ZIP that is damaged', asZip(damagedZip), 'unusable-answer'],
  ])('is fetched three times more after %s, anew when a person tries again', async (_what, answer, code) => {
    let isBroken = true;
    const intercept: Intercept = (call, _count, as) => {
      if (call !== 'downloadBillFile') return as();
      return isBroken ? answer : asZip(wholeZip);
    };
    const csv = await withCsv({ intercept }, day);
    const pauses: number[] = [];
    const until = async (): Promise<Failure | null> => {
      for (;;) {
        const asked = csv.downloads().length;
        const prepared = await csv.step();
        if (prepared.ok) return null;
        if (prepared.failure.code !== 'being-made') return prepared.failure;
        if (csv.downloads().length > asked) pauses.push(prepared.failure.retryAfterMs ?? 0);
        await csv.pass(prepared.failure);
        csv.restart();
      }
    };
    expect(await until()).toMatchObject({ code, detail: expect.stringContaining('4 times') });
    expect(pauses).toEqual([2000, 8000, 32_000]);
    expect(await until()).toMatchObject({ code });
    expect(csv.downloads()).toHaveLength(8);
    isBroken = false;
    expect(await until()).toBeNull();
    expect(csv.generates()).toHaveLength(1);
  });

  it.each([
    ['breaks', 'cut-off' as const, 'keeps-breaking'],
    ['brings half a ZIP', asZip(wholeZip.subarray(0, -30)), 'unusable-answer'],
  ])('comes to an end in the queue where each fetch %s, and does not hold up its account', async (...row) => {
    const [, answer, code] = row;
    const intercept: Intercept = (call, _count, as) => (call === 'downloadBillFile' ? answer : as());
    const huawei = huaweiSystem({ dataType: 'call', files: 'csv', bom: 'no' }, { makingMs: 0, intercept });
    const desk = await openDesk(huawei.system);
    await desk.fetch(march);
    const holds: unknown[] = [];
    await desk.until(() => {
      holds.push(desk.manager.list().hold);
      return desk.row().state === 'failed' || holds.length > 200;
    });
    expect(desk.row()).toMatchObject({ state: 'failed', failure: { code } });
    expect(holds.filter((hold) => hold !== null)).toEqual([]);
    expect(desk.watch.requests.filter(({ url }) => url.endsWith('/downloadBillFile'))).toHaveLength(4);
  });

  it('costs no try while nothing can be reached at all', async () => {
    const csv = await withCsv({}, day);
    const first = await csv.step();
    if (first.ok) throw new Error('made at once');
    await csv.pass(first.failure);
    await csv.service.close();
    for (let i = 0; i < 6; i += 1) {
      const prepared = await csv.step();
      expect(prepared).toMatchObject({ ok: false, failure: { code: 'connection-refused' } });
    }
    expect(readPlan(csv.job.notes)?.slices[0]?.broke).toBe(0);
  });

  it('goes on with what was noted before fetches that broke were counted', async () => {
    const csv = await withCsv({}, day);
    const first = await csv.step();
    if (first.ok) throw new Error('made at once');
    await csv.job.note(String(csv.job.notes).replaceAll(',"broke":0', ''));
    expect(csv.job.notes).not.toContain('broke');
    await csv.pass(first.failure);
    expect(rowsIn(await csv.end()).length).toBeGreaterThan(0);
    expect(csv.generates()).toHaveLength(1);
  });

  it('looks again at a file whose columns were noted by garbled names', async () => {
    const named = { [CALL]: table('call_id,call_begin,Имя', '1,2026-03-01 01:00:00,a') };
    const csv = await withCsv({ intercept: bringing(named, named, {}, {}) });
    const noteOld = async () => {
      if (csv.downloads().length !== 1) return;
      const old = String(csv.job.notes).replace('"rows":1,', '').replace('Имя', 'ð\u0098ð¼ñ\u008f');
      await csv.job.note(old);
    };
    const [row] = rowsIn(await csv.end(noteOld));
    expect(row?.Имя).toBe('a');
    expect([csv.generates().length, csv.downloads().length]).toEqual([3, 4]);
  });

  it('is not made without the days of a file that the service has made and does not give out', async () => {
    const csv = await withCsv({
      intercept: (call, count, as) =>
        call === 'downloadBillFile' && count === 2 ? resultAnswer('0300012') : as(),
    });
    expect(await csv.end()).toMatchObject({
      code: 'service-refused',
      detail: expect.stringContaining('0300012'),
    });
  });

  it('takes an empty ZIP for days without records, which may still come where these are not over', async () => {
    const csv = await withCsv({ intercept: bringing({ [CALL]: table(heading, leg('1')) }, {}) });
    const days = new Set(rowsIn(await csv.end()).map((row) => row.call_begin?.slice(0, 10)));
    expect([...days]).toEqual(['2026-03-01', '2026-03-06', '2026-03-07']);
    expect(csv.downloads()).toHaveLength(3);
    const today = { period: { from: '2026-03-13', to: '2026-03-15' } };
    const empty = await withCsv({ intercept: bringing({}, {}) }, today);
    expect(await empty.end()).toMatchObject({ code: 'no-data' });
  });

  it('that has no records at all is asked about anew when a person tries again', async () => {
    let isQuiet = true;
    const csv = await withCsv({
      intercept: (call, _count, as) => (isQuiet && call === 'queryBillData' ? resultAnswer('0300012') : as()),
    });
    expect(await csv.end()).toMatchObject({ code: 'no-data' });
    isQuiet = false;
    expect(idsIn(await csv.end())).not.toHaveLength(0);
  });

  it('is not made without the days of a ZIP that has the other table only', async () => {
    const other = { [`${stamp}_record_1.csv`]: table('x,y') };
    const csv = await withCsv({ intercept: bringing({ [CALL]: table(heading, leg('1')) }, other) });
    expect(await csv.end()).toMatchObject({
      code: 'unusable-answer',
      detail: 'the ZIP: no table of calls in it',
    });
  });

  it.each([
    [bytesAnswer(401, 'application/json', Buffer.from('{}')), 'access-lost'],
    [bytesAnswer(503, 'text/html', Buffer.from('PK')), 'service-down'],
    [bytesAnswer(200, 'text/html', Buffer.from('<html></html>')), 'html-answer'],
    [bytesAnswer(200, 'text/plain', Buffer.from('')), 'empty-answer'],
    [resultAnswer('0300004'), 'service-refused'],
  ])('is told what another answer than a file means (%#)', async (answer, code) => {
    const csv = await withCsv({
      intercept: (call, _count, as) => (call === 'downloadBillFile' ? answer : as()),
    });
    expect(await csv.end()).toMatchObject({ code });
  });
});

describe('the rows of one CSV', () => {
  it('stand there once each, also where two files both have those of their seam', async () => {
    const seam = leg('seam', '-1', '2026-03-04 00:00:00');
    const csv = await withCsv({
      intercept: bringing(
        { [CALL]: table(heading, leg('a', '1'), leg('a', '-1'), seam) },
        { [CALL]: table(heading, seam, leg('b')) },
        { [CALL]: table(heading, leg('c')) },
      ),
    });
    const rows = rowsIn(await csv.end());
    expect(rows.map((row) => [row.call_id, row.call_id_num])).toEqual([
      ['a', '1'],
      ['a', '-1'],
      ['seam', '-1'],
      ['b', '-1'],
      ['c', '-1'],
    ]);
  });

  it('are told apart by all of their cells where one of those is missing that usually tell', async () => {
    const odd = [callRow({ caller_no: '1' }), callRow({ caller_no: '2' }), callRow({ caller_no: '1' })];
    const csv = await withCsv(
      { intercept: bringing({ [CALL]: table(heading, ...odd) }) },
      { period: { from: '2026-03-01', to: '2026-03-01' } },
    );
    expect(rowsIn(await csv.end()).map((row) => row.caller_no)).toEqual(['1', '2']);
  });

  it('of recordings are told apart by their files too', async () => {
    const row = (file: string) =>
      documentedColumns.record
        .map((name) => ({ call_id: '7', call_begin: '2026-03-01 10:00:00', file_name: file })[name] ?? '')
        .join(',');
    const csv = await withCsv(
      { intercept: bringing({ [`${stamp}_record.csv`]: table(row('a.V3'), row('b.V3'), row('a.V3')) }) },
      { dataType: 'record', period: { from: '2026-03-01', to: '2026-03-01' } },
    );
    expect(rowsIn(await csv.end()).map((one) => one.file_name)).toEqual(['a.V3', 'b.V3']);
  });

  it('come in the order of the tables’ numbers, whether these have a heading or not', async () => {
    const csv = await withCsv(
      {
        intercept: bringing({
          [`${stamp}_call_10.csv`]: table(leg('3')),
          [`${stamp}_call_2.csv`]: table(heading, leg('2')),
          [`${stamp}_call_1.csv`]: table(leg('1')),
          [`${stamp}_record_1.csv`]: table('another,table'),
        }),
      },
      { period: { from: '2026-03-01', to: '2026-03-01' } },
    );
    expect(idsIn(await csv.end())).toEqual(['1', '2', '3']);
  });

  it('keep columns that nobody has documented, under their names or their positions', async () => {
    const csv = await withCsv({
      intercept: bringing(
        { [CALL]: table(`${leg('1')},x,y`) },
        { [CALL]: table(`call_id,mood,call_begin,`, '2,good,2026-03-04 01:00:00,z') },
        { [CALL]: table(heading, leg('3')) },
      ),
    });
    const rows = rowsIn(await csv.end());
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...documentedColumns.call,
      'extra_22',
      'extra_23',
      'mood',
      'extra_4',
    ]);
    expect(rows.map((row) => [row.call_id, row.extra_22, row.extra_23, row.mood, row.extra_4])).toEqual([
      ['1', 'x', 'y', '', ''],
      ['2', '', '', 'good', 'z'],
      ['3', '', '', '', ''],
    ]);
  });

  it('keep names of columns in any script as they are but for the letters of ASCII', async () => {
    // The second byte of its first character is that of a capital letter.
    const gb18030 = Buffer.concat([
      Buffer.from('CALL_ID, Call_Begin ,'),
      Buffer.from([0x81, 0x41, 0xd6, 0xd0]),
      Buffer.from('X\r\n2,2026-03-04 01:00:00,b\r\n'),
    ]);
    const utf8 = Buffer.from('call_id,call_begin,Имя Р ,ÀX\r\n1,2026-03-01 01:00:00,a,c\r\n');
    const csv = await withCsv({
      intercept: bringing(
        { [CALL]: new Uint8Array(utf8) },
        { [CALL]: new Uint8Array(gb18030) },
        { [CALL]: table(leg('3')) },
      ),
    });
    const rows = rowsIn(await csv.end());
    const chinese = `${new TextDecoder('gb18030').decode(Buffer.from([0x81, 0x41]))}\u4e2dx`;
    expect(Object.keys(rows[0] ?? {}).slice(21)).toEqual(['Имя Р', 'Àx', chinese]);
    expect(rows.map((row) => [row.call_id, row['Имя Р'], row.Àx, row[chinese]])).toEqual([
      ['1', 'a', 'c', ''],
      ['2', '', '', 'b'],
      ['3', '', '', ''],
    ]);
  });

  it('are read as GB18030 where a table is not UTF-8, which is told', async () => {
    const chinese = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]);
    const row = Buffer.from(`${leg('1')}\r\n`);
    const named = (name: Buffer) => new Uint8Array(Buffer.concat([name, row.subarray(3)]));
    const csv = await withCsv({
      intercept: bringing(
        { [CALL]: named(chinese) },
        {
          [CALL]: new Uint8Array(
            Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(`"developer",call_id\r\n\u4e2d\u6587,2\r\n`)]),
          ),
        },
        { [CALL]: table(leg('3')) },
      ),
    });
    const end = await csv.end();
    expect(rowsIn(end).map((one) => one.developer)).toEqual(['\u4e2d\u6587', '\u4e2d\u6587', 'key']);
    const path = join(csv.folder, 'made.csv');
    await writeFile(path, end as Buffer);
    expect(await csv.session().inspectFile(reportIds.records, path, csv.job.notes)).toEqual([
      'read-as-gb18030',
      'rows-are-legs',
      { rows: 3, first: '2026-03-01 10:00:00', last: '2026-03-01 10:00:00' },
    ]);
  });

  it.each([
    ['2026-03-08', []],
    ['2026-03-15', ['provisional']],
  ])('of a period up to %s are told of (the 15th is today)', async (to, notes) => {
    const csv = await withCsv({}, { period: { from: to, to } });
    const path = join(csv.folder, 'made.csv');
    await writeFile(path, (await csv.end()) as Buffer);
    const file = toPrepare(reportIds.records, csv.listed);
    expect(await csv.session().checkFile?.(file, path)).toBeNull();
    expect(await csv.session().inspectFile(reportIds.records, path, csv.job.notes)).toEqual([
      ...notes,
      'rows-are-legs',
      { rows: expect.any(Number), first: expect.stringContaining(to), last: expect.stringContaining(to) },
    ]);
  });

  it('are told to be missing where the service has none, whichever way it says so', async () => {
    const quiet: Intercept = (call, count, as) => {
      if (call === 'queryBillData') return count === 2 ? resultAnswer('0300012') : as();
      if (count === 2) return zipAnswer({});
      return count === 4 ? zipAnswer({ [CALL]: table(heading) }) : as();
    };
    const csv = await withCsv({ intercept: quiet }, { period: { from: '2026-02-20', to: '2026-03-02' } });
    const path = join(csv.folder, 'made.csv');
    await writeFile(path, (await csv.end()) as Buffer);
    const notes = await csv.session().inspectFile(reportIds.records, path, csv.job.notes);
    const note = {
      empty: [
        { begin: '2026-02-23 00:00:00', end: '2026-02-26 23:59:59' },
        { begin: '2026-03-01 00:00:00', end: '2026-03-02 23:59:59' },
      ],
    };
    expect(notes).toEqual(['rows-are-legs', note, expect.objectContaining({ rows: expect.any(Number) })]);
    expect(notesSchema.parse(JSON.parse(JSON.stringify(notes)))).toEqual(notes);
    const told =
      'he service has no records from 2026-02-23 00:00:00 to 2026-02-26 23:59:59, from 2026-03-01 00:00:00 to 2026-03-02 23:59:59';
    expect(noteFacts([note])).toEqual([['Note', `T${told}.`]]);
    expect(noteLine([note])).toBe(`t${told}`);
    expect(shortNotes([note])).toBe('Some days have no records');
    expect([hasMoreToSay([note]), needsAttention([note])]).toEqual([true, false]);
  });

  it('at times outside the period are noticed', async () => {
    const csv = await withCsv({
      intercept: bringing({ [CALL]: table(leg('1', '-1', '2026-02-20 10:00:00')) }),
    });
    const path = join(csv.folder, 'made.csv');
    await writeFile(path, (await csv.end()) as Buffer);
    const notes = await csv.session().inspectFile(reportIds.records, path, csv.job.notes);
    expect(notes).toContain('times-outside');
  });
});

/** A ZIP on the disk, and what can be said of it. */
async function scanned(files: Zippable) {
  const path = join(await tempFolder(), 'a.zip');
  await writeFile(path, zipSync(files));
  return { path, found: await scanZip(path, 'call') };
}

describe('a ZIP is not used', () => {
  const fine = { [CALL]: table(heading, leg('1')) };

  it.each<[string, Zippable]>([
    ['no table', { 'readme.txt': table('nothing') }],
    ['a row that never ends', { [CALL]: table(`"${'x'.repeat(2 * 1024 * 1024)}`) }],
  ])('that has %s', async (_what, files) => {
    const { found } = await scanned(files);
    expect(found).toMatchObject({ ok: false, failure: { code: 'unusable-answer' } });
  });

  it('but one that has none of these is', async () => {
    const times = { first: '2026-03-01 10:00:00', last: '2026-03-01 10:00:00' };
    expect((await scanned(fine)).found).toEqual({
      ok: true,
      value: { rows: 1, ...times, others: [], gb18030: [] },
    });
  });
});

describe('the CSV', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\0', ''));

  it('is read back as it was written, whatever the values', async () => {
    const folder = await tempFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 21, maxLength: 21 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const path = join(folder, 'property.zip');
          const quoted = rows.map((row, i) => {
            const unlike = row.with(4, `id ${i}`).with(11, '2026-03-01 10:00:00').with(17, '-1');
            return unlike.map((one) => `"${one.replaceAll('"', '""')}"`).join(',');
          });
          await writeFile(path, zipSync({ [CALL]: table(heading, ...quoted) }));
          const found = await scanZip(path, 'call');
          if (!found.ok) throw new Error(found.failure.detail);
          const zips = [{ ...found.value, path }];
          const bytes = await buffer(csvBytes({ kind: 'call', zips, without: null, bom: true, safe: false }));
          const [, ...read]: string[][] = parse(bytes, { bom: true, recordDelimiter: '\r\n' });
          expect(read.map((row) => row[0])).toEqual(rows.map((row) => row[0]));
          expect(read.map((row) => row[20])).toEqual(rows.map((row) => row[20]));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has a byte order mark and apostrophes where they are wanted', async () => {
    const intercept = bringing({ [CALL]: table(callRow({ call_id: '1', caller_no: '+49 30' })) });
    const period = { from: '2026-03-01', to: '2026-03-01' };
    const plain = await withCsv({ intercept }, { period });
    const safe = await withCsv({ intercept }, { period, bom: 'yes', safe: 'yes' });
    const [one, other] = [await plain.end(), await safe.end()] as [Buffer, Buffer];
    expect(one.toString()).toMatch(/^developer,/);
    expect(other.toString()).toMatch(/^\uFEFFdeveloper,/);
    expect(rowsIn(one)[0]?.caller_no).toBe('+49 30');
    expect(rowsIn(other)[0]?.caller_no).toBe("'+49 30");
    expect(plain.listed.id).not.toBe(safe.listed.id);
  });
});

it('of calls and recordings there is one CSV each, as they have other columns', async () => {
  const { open } = await withService();
  const files: readonly ListedFile[] = await find(open(), reportIds.records, {
    dataType: 'call_record',
    files: 'csv',
    period: march,
  });
  expect(files.map(({ name, content }) => [name, content])).toEqual([
    ['calls_2026-03-01_2026-03-07.csv', 'text'],
    ['recordings_2026-03-01_2026-03-07.csv', 'text'],
  ]);
});
