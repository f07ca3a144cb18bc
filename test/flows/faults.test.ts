import { readdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import type { Fault } from '../fakes/fault.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { choose, download, find, goTo, rowOf, signIn, typePeriod } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
const day = addDays(today, -3);
const isArchive = (path: string) => /\/compression\/files\/.+/.test(path);
const isList = (path: string) => path.endsWith('/compression/files');

let service: FaultyService;
let desk: Desk;

beforeAll(async () => {
  service = await startFaultyService({ today });
  desk = await launchDesk();
  await signIn(desk.window, service);
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});
beforeEach(async () => {
  await goTo(desk.window, 'Find files');
  await choose(desk.window, 'Report', 'Daily CDR archives (ZIP)');
  await typePeriod(desk.window, day, day);
});
afterEach(() => service.setFaults(null));

describe('what goes wrong is said in words', () => {
  it('a file whose bytes are not the ones listed is failed, and no file is left that looks good', async () => {
    const { window } = desk;
    service.setFaults(({ path }) => (isArchive(path) ? { kind: 'corrupt', atByte: 5000 } : undefined));
    await find(window);
    await download(window);
    const row = rowOf(window, 'Downloads', /Failed: /).first();
    await row.waitFor();
    expect(await row.textContent()).toMatch(/checksum/i);
    expect(await readdir(desk.downloadFolder)).toEqual([]);
  });

  it('the same file is fetched whole and verified once the service is well again', async () => {
    const { window } = desk;
    await goTo(window, 'Downloads');
    await rowOf(window, 'Downloads', /Failed: /)
      .getByRole('button', { name: 'Retry', exact: true })
      .click();
    await rowOf(window, 'Downloads', 'Verified').first().waitFor();
    expect(await readdir(desk.downloadFolder)).toHaveLength(1);
  });

  it('a file that is on disk already is not fetched again', async () => {
    const { window } = desk;
    await find(window);
    const before = service.requests.length;
    await download(window);
    await rowOf(window, 'Downloads', 'Already there').waitFor();
    expect(service.requests.slice(before).filter(({ path }) => isArchive(path))).toEqual([]);
  });

  it.each<[string, Fault, RegExp]>([
    ['a report that is still being made', { kind: 'status', status: 412 }, /still preparing/i],
    ['a web page instead of data', { kind: 'html' }, /web page/i],
    ['an empty answer', { kind: 'empty' }, /empty|nothing/i],
    ['a refused parameter', { kind: 'status', status: 406 }, /dates|level|site/i],
  ])('%s', async (_what, fault, words) => {
    const { window } = desk;
    service.setFaults(({ path }) => (isList(path) ? fault : undefined));
    await window.getByRole('button', { name: 'Find', exact: true }).click();
    const said = window.getByRole('alert').or(window.getByRole('status')).filter({ hasText: words });
    await said.first().waitFor();
    expect(await window.getByRole('main').textContent()).not.toMatch(/\{"|Error:|at .+\.ts:/);
  });
});
