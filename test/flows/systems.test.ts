import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import {
  chooseSystem,
  download,
  find,
  goTo,
  lookAt,
  rowOf,
  trySample,
  typePeriod,
  untilAllDone,
} from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());

interface System {
  readonly system: string;
  /** Begins the names of its pictures. */
  readonly picture: string;
  readonly report: string;
  readonly period: readonly [from: string, to: string];
  readonly fileCount: RegExp;
  readonly forecast: RegExp | null;
  readonly fileName: RegExp;
  /** What a row of a file that has come says of it, and its details. */
  readonly status: string;
  readonly note: RegExp;
  readonly expectWhole: (bytes: Buffer) => void;
}

/** A table without a byte order mark that ends with a whole line. Answers with its heading. */
function headingOf(bytes: Buffer): string {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  expect(text).toMatch(/\n$/);
  const [heading = '', ...lines] = text.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(10);
  return heading;
}

const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');

const systems: readonly System[] = [
  {
    system: 'Webex Calling',
    picture: '20-webex',
    report: 'Calls (CDR)',
    period: [addDays(today, -6), addDays(today, -3)],
    fileCount: /^[12] files? will be made$/,
    forecast: /^Making th(is|ese 2) files? takes .+\. It goes on by itself, also after a restart\.$/,
    fileName: /^webex-calling_cdr_sample-organization_.+\.csv$/,
    status: 'Rows are call legs, not calls',
    note: /A row is a leg of a call, not a call/,
    expectWhole: (bytes) => expect(headingOf(bytes)).toMatch(/Correlation ID/),
  },
  {
    system: 'Huawei contact center',
    picture: '21-huawei',
    report: 'Call records and recording index',
    period: [addDays(today, -5), addDays(today, -2)],
    fileCount: /^2 files will be made$/,
    forecast: /^Making these 2 files takes .+\. It goes on by itself, also after a restart\.$/,
    fileName: /^\d{8}_[0-9a-f]{32}\.zip$/,
    status: 'Rows are call legs, not calls',
    note: /A row is a leg of a call, not a call/,
    expectWhole(bytes) {
      expect(bytes.subarray(0, 2).toString('latin1')).toBe('PK');
      expect(bytes.lastIndexOf(ZIP_END)).toBe(bytes.length - 22);
    },
  },
  {
    system: 'Yeastar S-Series',
    picture: '22-yeastar',
    report: 'Call records (CDR)',
    period: [addDays(today, -240), today],
    fileCount: /^[89] files will be made$/,
    forecast: null,
    fileName: /sample.*\.csv$/,
    status: 'Provisional: records may still come',
    note: /The period was not over/,
    expectWhole: (bytes) => expect(headingOf(bytes)).toMatch(/^callid,timestart,callfrom,callto,/),
  },
];

/** Pixels of a grid that are left over under its rows. */
const emptyStrip = (window: Page, grid: string): Promise<number> =>
  window.getByRole('grid', { name: grid }).evaluate((element) => {
    const inside = element.getBoundingClientRect().top + element.clientTop + element.clientHeight;
    return inside - (element.querySelector('tbody')?.getBoundingClientRect().bottom ?? 0);
  });

describe.each(systems)('$system, with its sample data', (one) => {
  const { system, picture, report, period, fileCount, forecast, fileName, status, note } = one;
  let desk: Desk;

  beforeAll(async () => {
    desk = await launchDesk();
  });
  afterAll(() => desk?.close());

  it('is chosen where one signs in, and has a form of its own', async () => {
    await chooseSystem(desk.window, system);
    await lookAt(desk, `${picture}-1-sign-in`);
  });

  it('lets one in, and has its report', async () => {
    const { window } = desk;
    await trySample(window);
    await window.getByText('Sample data').first().waitFor();
    await window.getByRole('radio', { name: report, exact: true }).waitFor();
    await lookAt(desk, `${picture}-2-find-empty`);
  });

  it('says which files will be made, and how long that takes where it can be told', async () => {
    const { window } = desk;
    await typePeriod(window, ...period);
    expect(await find(window)).toMatch(fileCount);
    const result = window.getByRole('region', { name: 'Result' });
    await result
      .getByText(/^(They are made when you download them|It is made when you download it)\./)
      .waitFor();
    const said = (await result.getByRole('status').first().textContent())?.trim() ?? '';
    expect(said).toMatch(forecast ?? /^$/);
    expect(await emptyStrip(window, 'Files found')).toBeLessThan(2);
    await lookAt(desk, `${picture}-3-found`);
  });

  it('shows how they are being made, and that they have come', async () => {
    const { window } = desk;
    await download(window);
    await rowOf(window, 'Downloads', 'Being made').first().waitFor();
    expect(await emptyStrip(window, 'Downloads')).toBeLessThan(2);
    await lookAt(desk, `${picture}-4-being-made`);
    await untilAllDone(window);
    await rowOf(window, 'Downloads', status).first().waitFor();
    expect(await rowOf(window, 'Downloads', 'Failed').count()).toBe(0);
    await lookAt(desk, `${picture}-5-made`);
  });

  it('leaves whole files and nothing else', async () => {
    const names = await readdir(desk.downloadFolder);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(name).toMatch(fileName);
      one.expectWhole(await readFile(join(desk.downloadFolder, name)));
    }
  });

  it('has every file in the history, with its notes', async () => {
    const { window } = desk;
    const names = await readdir(desk.downloadFolder);
    await goTo(window, 'History');
    for (const name of names) await rowOf(window, 'History', name).waitFor();
    await lookAt(desk, `${picture}-6-history`);
    const noted = rowOf(window, 'History', status).first();
    await noted.getByRole('button', { name: 'Details' }).click();
    await window.getByRole('dialog', { name: 'Details' }).getByText(note).waitFor();
    await lookAt(desk, `${picture}-7-details`);
  });
});
