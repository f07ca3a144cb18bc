import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { choose, download, find, goTo, rowOf, signIn, typePeriod } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';
import { filesOf } from './service-files.ts';

const today = localDay(Date.now());
const day = addDays(today, -4);
const wireDay = `${day.slice(5, 7)}${day.slice(8)}${day.slice(0, 4)}`;
const archives = `/v1/cdr/daily/compression/files?creationStartDate=${wireDay}&creationEndDate=${wireDay}`;
const fileRequests = () =>
  service.requests.filter(({ path }) => /\/compression\/files\/.+/.test(path) || /\/cdr\/zip\//.test(path));

let service: FaultyService;
let desk: Desk;

beforeEach(async () => {
  service = await startFaultyService({ today });
  desk = await launchDesk();
});
afterEach(async () => {
  await desk?.close();
  await service?.close();
});

/** Finds one archive and stops it in the middle: the service sends no more than half a megabyte of it. */
async function downloadHalf() {
  const { window } = desk;
  await signIn(window, service);
  await choose(window, 'Report', 'Daily CDR archives (ZIP)');
  await typePeriod(window, day, day);
  expect(await find(window)).toMatch(/^1 file found/);
  service.setFaults(({ path }) =>
    /\/compression\/files\/.+/.test(path) ? { kind: 'stall', afterBytes: 200_000 } : undefined,
  );
  await download(window);
  await expect.poll(() => partSize(), { timeout: 20_000 }).toBeGreaterThan(0);
}

async function partSize(): Promise<number> {
  const part = (await readdir(desk.downloadFolder)).find((name) => name.endsWith('.cdrpart'));
  return part === undefined ? 0 : (await stat(join(desk.downloadFolder, part))).size;
}

async function expectWhole() {
  service.setFaults(null);
  const expected = await filesOf(service, archives);
  for (const [name, bytes] of expected) {
    expect((await readFile(join(desk.downloadFolder, name))).equals(bytes)).toBe(true);
  }
  expect(await readdir(desk.downloadFolder)).toEqual([...expected.keys()]);
}

describe('a download that was interrupted', () => {
  it('is paused, survives quitting, and resumes where it stopped', async () => {
    await downloadHalf();
    await desk.window.getByRole('button', { name: 'Pause', exact: true }).click();
    await rowOf(desk.window, 'Downloads', 'Paused').waitFor();
    const kept = await partSize();
    expect(kept).toBeGreaterThan(0);

    desk = await desk.restart();
    await signIn(desk.window, service);
    await goTo(desk.window, 'Downloads');
    await rowOf(desk.window, 'Downloads', 'Paused').waitFor();
    expect(await partSize()).toBe(kept);

    service.setFaults(null);
    const before = fileRequests().length;
    await desk.window.getByRole('button', { name: 'Resume', exact: true }).click();
    await rowOf(desk.window, 'Downloads', 'Verified').waitFor();
    const [resumed, ...more] = fileRequests().slice(before);
    expect(more).toEqual([]);
    expect(resumed).toMatchObject({ status: 206, headers: { range: `bytes=${kept}-` } });
    await expectWhole();
  });

  it('goes on by itself when the application was quit in the middle', async () => {
    await downloadHalf();
    service.setFaults(null);
    desk = await desk.restart();
    await signIn(desk.window, service);
    await goTo(desk.window, 'Downloads');
    await rowOf(desk.window, 'Downloads', 'Verified').waitFor();
    expect(fileRequests().at(-1)).toMatchObject({ status: 206 });
    await expectWhole();
  });

  it('leaves nothing behind when it is cancelled', async () => {
    await downloadHalf();
    await desk.window.getByRole('button', { name: 'Cancel', exact: true }).click();
    await rowOf(desk.window, 'Downloads', 'Cancelled').waitFor();
    await expect.poll(() => readdir(desk.downloadFolder)).toEqual([]);
  });
});
