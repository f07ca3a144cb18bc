import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, addMonths, type Day, localDay, monthOf } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { choose, download, find, foundStatus, goTo, rowOf, signIn, typePeriod } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';
import { bodyOf, filesOf } from './service-files.ts';

const today = localDay(Date.now());
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
  const { window } = desk;
  await goTo(window, 'Downloads');
  const clear = window.getByRole('button', { name: 'Clear finished' });
  if (await clear.isEnabled()) await clear.click();
  await goTo(window, 'Find files');
});

const wireDay = (day: Day) => `${day.slice(5, 7)}${day.slice(8)}${day.slice(0, 4)}`;
const wireMonth = (month: string) => `${month.slice(5)}${month.slice(0, 4)}`;

/** Downloads what was found, and compares every byte on disk with what the service holds. */
async function expectOnDisk(expected: Map<string, Buffer>, status: string) {
  const { window } = desk;
  await download(window);
  for (const [name, bytes] of expected) {
    await rowOf(window, 'Downloads', name).filter({ hasText: status }).waitFor();
    const onDisk = await readFile(join(desk.downloadFolder, name));
    expect(onDisk.equals(bytes), name).toBe(true);
  }
  expect((await readdir(desk.downloadFolder)).filter((name) => name.endsWith('.cdrpart'))).toEqual([]);
}

describe('every report arrives whole, byte for byte', () => {
  it('Daily CDR archives', async () => {
    const { window } = desk;
    const [from, to] = [addDays(today, -5), addDays(today, -3)];
    await choose(window, 'Report', 'Daily CDR archives (ZIP)');
    await typePeriod(window, from, to);
    expect(await find(window)).toMatch(/^3 files found/);
    const query = `creationStartDate=${wireDay(from)}&creationEndDate=${wireDay(to)}`;
    const expected = await filesOf(service, `/v1/cdr/daily/compression/files?${query}`);
    expect(expected.size).toBe(3);
    await expectOnDisk(expected, 'Verified');
  });

  it.each(['Site', 'Customer', 'Partner'])('Peak Port files, daily, level %s', async (level) => {
    const { window } = desk;
    const [from, to] = [addDays(today, -4), addDays(today, -3)];
    await choose(window, 'Report', 'Peak Port files');
    await choose(window, 'Frequency', 'Daily');
    await choose(window, 'Level', level);
    await typePeriod(window, from, to);
    expect(await find(window)).toMatch(/^2 files found/);
    const query = `level=${level.toLowerCase()}&creationStartDate=${wireDay(from)}&creationEndDate=${wireDay(to)}`;
    await expectOnDisk(await filesOf(service, `/v1/peakport/daily?${query}`), 'Verified');
  });

  it.each(['Site', 'Customer', 'Partner'])('Peak Port files, monthly, level %s', async (level) => {
    const { window } = desk;
    const [from, to] = [addMonths(monthOf(today), -2), addMonths(monthOf(today), -1)];
    await choose(window, 'Report', 'Peak Port files');
    await choose(window, 'Frequency', 'Monthly');
    await choose(window, 'Level', level);
    await typePeriod(window, from, to);
    expect(await find(window)).toMatch(/^2 files found/);
    const query = `level=${level.toLowerCase()}&creationStartMonth=${wireMonth(from)}&creationEndMonth=${wireMonth(to)}`;
    await expectOnDisk(await filesOf(service, `/v1/peakport/monthly?${query}`), 'Verified');
  });

  it.each([
    ['By meeting date', 'startDate', 'endDate', -9],
    ['By creation date', 'creationStartDate', 'creationEndDate', -19],
  ] as const)('CDR files of a site, %s', async (which, start, end, daysAgo) => {
    const { window } = desk;
    const [from, to] = [addDays(today, daysAgo), addDays(today, daysAgo + 2)];
    await choose(window, 'Report', 'CDR files of a site');
    await choose(window, 'Which files', which);
    const site = await pickSite(0);
    await typePeriod(window, from, to);
    expect(await find(window)).toMatch(/files? found/);
    const path = `/v1/cdr/${encodeURIComponent(site)}?${start}=${wireDay(from)}&${end}=${wireDay(to)}`;
    const expected = await filesOf(service, path);
    expect(expected.size).toBeGreaterThan(0);
    await expectOnDisk(expected, 'Verified');
  });

  it('New files of a site, which are no longer new afterwards', async () => {
    const { window } = desk;
    await choose(window, 'Report', 'CDR files of a site');
    await choose(window, 'Which files', 'New files');
    const site = await pickSite(1);
    await find(window);
    await download(window);
    const query = `creationStartDate=${wireDay(addDays(today, -366))}&creationEndDate=${wireDay(today)}`;
    const expected = await filesOf(service, `/v1/cdr/${encodeURIComponent(site)}?${query}`);
    const isThere = async () =>
      (await readdir(desk.downloadFolder)).filter((name) => expected.has(name)).length;
    await expect.poll(isThere, { timeout: 60_000 }).toBe(expected.size);
    for (const [name, bytes] of expected) {
      expect((await readFile(join(desk.downloadFolder, name))).equals(bytes), name).toBe(true);
    }
    await goTo(window, 'Find files');
    await window.getByRole('button', { name: 'Find', exact: true }).click();
    await window
      .getByText(/no (new )?files/i)
      .first()
      .waitFor();
  });

  it('Active site list, without asking anything', async () => {
    const { window } = desk;
    await choose(window, 'Report', 'Active site list');
    expect(await foundStatus(window)).toMatch(/^1 file found/);
    const name = `CCA_SITES_LIST_${new Date().toISOString().slice(0, 10).replaceAll('-', '')}.csv`;
    const expected = new Map([[name, await bodyOf(service, '/v1/cca-site')]]);
    await expectOnDisk(expected, 'Downloaded (no checksum to verify)');
  });

  it('PSTN CDR files are greyed, with a sentence that says why', async () => {
    const { window } = desk;
    const radio = window.getByRole('radio', { name: 'PSTN CDR files' });
    expect(await radio.isDisabled()).toBe(true);
    await window
      .getByText(/cannot be downloaded here/)
      .first()
      .waitFor();
  });

  /** Picks one of the sites by typing a part of its name. */
  async function pickSite(index: number): Promise<string> {
    const box = desk.window.getByRole('combobox', { name: 'Site' });
    await box.click();
    const options = desk.window.getByRole('option');
    await options.nth(index + 1).waitFor();
    const name = (await options.nth(index + 1).textContent()) ?? '';
    await box.fill(name.slice(0, 5));
    await desk.window.getByRole('option', { name, exact: true }).click();
    return name;
  }
});
