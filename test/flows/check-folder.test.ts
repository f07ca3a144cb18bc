import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { choose, download, find, goTo, pickFolder, rowOf, signIn, typePeriod, untilAllDone } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
/** More than can be read before somebody presses Cancel; on disk it takes no room. */
const HUGE_FILE = 200_000_000_000;

let service: FaultyService;
let desk: Desk;
let folder: string;

beforeAll(async () => {
  service = await startFaultyService({ today });
  desk = await launchDesk();
  folder = join(desk.downloadFolder, 'March – closing');
  await mkdir(folder);
  await signIn(desk.window, service);
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

const archives = async () => (await readdir(folder)).filter((name) => name.endsWith('.zip')).sort();
const box = () => desk.window.getByRole('dialog', { name: 'Check a folder' });
const check = () => desk.window.getByRole('button', { name: 'Check a folder…' }).click();

describe('a manifest', () => {
  it('is left beside the files of a download when it is asked for', async () => {
    const { window } = desk;
    await goTo(window, 'Settings');
    await window.getByRole('switch', { name: 'Leave a manifest' }).check();
    await goTo(window, 'Find files');
    await choose(window, 'Report', 'Daily CDR archives (ZIP)');
    await typePeriod(window, addDays(today, -6), addDays(today, -4));
    await find(window);
    await pickFolder(desk.app, folder);
    await window.getByRole('button', { name: 'Change' }).click();
    await window.getByRole('group', { name: 'Save to' }).getByText(folder).waitFor();
    await download(window);
    await untilAllDone(window);
    await expect.poll(() => readdir(folder)).toContain('manifest.csv');
    const manifest = await readFile(join(folder, 'manifest.csv'), 'utf8');
    expect(await archives()).toHaveLength(3);
    for (const name of await archives()) expect(manifest).toContain(name);
  });
});

describe('checking a folder', () => {
  it('says in one sentence that all is as it was downloaded', async () => {
    await goTo(desk.window, 'History');
    await pickFolder(desk.app, folder);
    await check();
    await box().getByText('All 3 files are as they were downloaded.').waitFor();
    await box().getByText(folder).waitFor();
  });

  it('names what is missing, changed and extra, and the list can be copied', async () => {
    const [changed = '', missing = ''] = await archives();
    await appendFile(join(folder, changed), 'x');
    await rm(join(folder, missing));
    await writeFile(join(folder, 'notes.txt'), 'notes');
    await box().getByRole('button', { name: 'Check another folder…' }).click();
    await box().getByText('2 of 3 files are not as they were downloaded.').waitFor();
    await rowOf(desk.window, 'Differences', changed).filter({ hasText: 'Changed' }).waitFor();
    await rowOf(desk.window, 'Differences', missing).filter({ hasText: 'Missing' }).waitFor();
    await rowOf(desk.window, 'Differences', 'notes.txt').filter({ hasText: 'Not in the manifest' }).waitFor();
    await box().getByRole('button', { name: 'Copy the list' }).click();
    await box().getByText('Copied').waitFor();
    const copied = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain(`Missing\t${missing}\t`);
  });

  it('explains what a manifest is in a folder that has none', async () => {
    const empty = join(desk.downloadFolder, 'empty');
    await mkdir(empty);
    await pickFolder(desk.app, empty);
    await box().getByRole('button', { name: 'Check another folder…' }).click();
    const said = box().getByRole('alert');
    await said.getByText(/“Leave a manifest” in Settings/).waitFor();
    await said
      .getByText(/manifest\.csv/)
      .first()
      .waitFor();
    await desk.window.keyboard.press('Escape');
    await box().waitFor({ state: 'detached' });
  });

  it('can be stopped at once while a large file is read', async () => {
    const [large = ''] = await archives();
    const path = join(folder, 'manifest.csv');
    const lines = (await readFile(path, 'utf8')).split('\n');
    const edited = lines.map((line) =>
      line.startsWith(large) ? line.replace(/^([^,]+),\d+,/, `$1,${HUGE_FILE},`) : line,
    );
    await writeFile(path, edited.join('\n'));
    await truncate(join(folder, large), HUGE_FILE);
    await pickFolder(desk.app, folder);
    await check();
    await box()
      .getByText(/^\d of 3 files, .+ of 200 GB$/)
      .waitFor();
    await box().getByRole('button', { name: 'Cancel' }).click();
    await box().waitFor({ state: 'detached' });
    await truncate(join(folder, large), 0);
    await check();
    await box()
      .getByText(/of 3 files are not as they were downloaded\./)
      .waitFor();
  });
});
