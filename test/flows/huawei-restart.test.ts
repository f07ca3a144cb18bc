/** One CSV of a contact center, with the application restarted while the center makes the file. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import {
  type HuaweiService,
  resultAnswer,
  startHuaweiService,
} from '../../electron/demo/huawei-cec/huawei-service.ts';
import { systemClock } from '../../electron/lib/clock.ts';
import {
  choose,
  chooseSystem,
  download,
  find,
  goTo,
  lookAt,
  rowOf,
  typePeriod,
  untilAllDone,
} from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
const period = [addDays(today, -3), addDays(today, -2)] as const;

let isMade: boolean;
let service: HuaweiService;
let desk: Desk;

beforeEach(async () => {
  isMade = false;
  service = await startHuaweiService({
    clock: systemClock,
    makingMs: 0,
    intercept: (call, _count, as) =>
      call === 'downloadBillFile' && !isMade ? resultAnswer('0300011', '') : as(),
  });
  desk = await launchDesk();
});
afterEach(async () => {
  await desk?.close();
  await service?.close();
});

async function signIn(window: Page) {
  await chooseSystem(window, 'Huawei contact center');
  await window.getByRole('textbox', { name: 'Access key (AK)' }).fill(service.owner.accessKey);
  await window.getByRole('textbox', { name: 'Secret key (SK)' }).fill(service.owner.secretKey);
  await window.getByRole('textbox', { name: 'Server address' }).fill(service.address);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
}

const orders = () => service.calls.filter(({ call }) => call === 'queryBillData');

it('a file that is being made when the application is quit comes after the next start, ordered once', async () => {
  await signIn(desk.window);
  await choose(desk.window, 'Files', 'One CSV, each row once');
  await typePeriod(desk.window, ...period);
  expect(await find(desk.window)).toMatch(/^1 file will be made/);
  await lookAt(desk, '24-huawei-restart-1-found');
  await download(desk.window);
  await rowOf(desk.window, 'Downloads', 'Being made').waitFor();
  await expect.poll(() => orders().length).toBe(1);
  await lookAt(desk, '24-huawei-restart-2-being-made');

  desk = await desk.restart();
  const { window } = desk;
  await signIn(window);
  await goTo(window, 'Downloads');
  await rowOf(window, 'Downloads', 'Being made').waitFor();
  await lookAt(desk, '24-huawei-restart-3-after-the-restart');
  isMade = true;
  await untilAllDone(window);
  await lookAt(desk, '24-huawei-restart-4-done');

  expect(orders()).toHaveLength(1);
  expect(await readdir(desk.downloadFolder)).toEqual([`calls_${period.join('_')}.csv`]);
  const [heading, ...rows] = (
    await readFile(join(desk.downloadFolder, `calls_${period.join('_')}.csv`), 'utf8')
  ).split('\r\n');
  expect(heading).toContain('call_id');
  expect(rows.length).toBeGreaterThan(50);
});
