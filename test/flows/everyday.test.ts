import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { choose, download, fillSignIn, find, goTo, rowOf, signIn, typePeriod, untilAllDone } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const keyring = { args: ['--password-store=stand-in'] };
const today = localDay(Date.now());
const isFile = (path: string) => /\/compression\/files\/.+/.test(path);
const isList = (path: string) => path.endsWith('/compression/files');

let service: FaultyService;
let desk: Desk;

beforeAll(async () => {
  service = await startFaultyService({
    today,
    account: { name: 'acme-machine', password: 'Pass.word_9Q' },
  });
  desk = await launchDesk(keyring);
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

const isFocused = (label: string) =>
  desk.window.getByLabel(label, { exact: true }).evaluate((element) => element === document.activeElement);

describe('signing in with the keyboard', () => {
  it('Enter leads to the field that is still empty, and opens nothing that is right', async () => {
    const { window } = desk;
    await window.getByRole('textbox', { name: 'Account name' }).fill(service.account.name);
    await window.keyboard.press('Enter');
    await expect.poll(() => isFocused('Password')).toBe(true);
    expect(await window.getByRole('textbox', { name: 'Server address' }).count()).toBe(0);
  });

  it('a refused password is ready to be typed over, and what was refused is not said of the next mistake', async () => {
    const { window } = desk;
    await fillSignIn(window, service, 'not the password');
    await window.keyboard.press('Enter');
    await window.getByRole('alert').waitFor();
    await expect.poll(() => isFocused('Password')).toBe(true);
    await window.keyboard.type(service.account.password);
    await window.getByRole('textbox', { name: 'Server address' }).fill('nowhere');
    await window.keyboard.press('Enter');
    await expect.poll(() => isFocused('Server address')).toBe(true);
    expect(await window.getByRole('alert').count()).toBe(0);
  });

  it('is kept over a restart when asked for, until one signs out', async () => {
    const keep = () => desk.window.getByRole('checkbox', { name: 'Keep me signed in on this computer' });
    await keep().check();
    await signIn(desk.window, service);
    desk = await desk.restart(keyring);
    await goTo(desk.window, 'Settings');
    await desk.window.getByRole('button', { name: 'Sign out' }).click();
    await desk.window.getByRole('heading', { name: 'Sign in' }).waitFor();
    desk = await desk.restart(keyring);
    await signIn(desk.window, service);
    expect(await desk.profileHolds(service.account.password)).toEqual([]);
  });
});

describe('finding', () => {
  beforeEach(async () => {
    await goTo(desk.window, 'Find files');
    await choose(desk.window, 'Report', 'Daily CDR archives (ZIP)');
  });

  it('one press on Find is enough, also where leaving the period brings up a warning', async () => {
    const { window } = desk;
    const [from, to] = [addDays(today, -420), addDays(today, -400)];
    await typePeriod(window, from, to);
    await window.getByRole('button', { name: 'Find', exact: true }).click();
    await window.getByText(/so these are gone\. Try a later period\./).waitFor();
    await window.getByText(/The older part of this period may be gone/).waitFor();
  });

  it('an earlier result can not be downloaded while a search runs, and is called earlier when it was stopped', async () => {
    const { window } = desk;
    await typePeriod(window, addDays(today, -6), addDays(today, -2));
    await find(window);
    service.setFaults(({ path }) => (isList(path) ? { kind: 'stall' } : undefined));
    await window.getByRole('button', { name: 'Find', exact: true }).click();
    const stop = window.getByRole('button', { name: 'Cancel', exact: true });
    await stop.waitFor();
    expect(await window.getByRole('button', { name: /^Download \d+ files?$/ }).isDisabled()).toBe(true);
    await stop.click();
    await window.getByRole('status').filter({ hasText: 'Stopped looking.' }).waitFor();
    await window.getByText(/^Earlier result, \d files found/).waitFor();
    service.setFaults(null);
    service.release();
  });

  it('only what is ticked is downloaded, into the folder that was chosen', async () => {
    const { app, window, downloadFolder } = desk;
    await typePeriod(window, addDays(today, -12), addDays(today, -2));
    await find(window);
    const folder = join(downloadFolder, 'März – Abschluß');
    await mkdir(folder);
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, folder);
    await window.getByRole('button', { name: 'Change' }).click();
    await window.getByRole('group', { name: 'Save to' }).getByText(folder).waitFor();
    await window.getByRole('checkbox', { name: 'Select all' }).uncheck();
    expect(await window.getByRole('button', { name: 'Download 0 files' }).isDisabled()).toBe(true);
    for (const row of [0, 2, 3]) {
      await window
        .getByRole('checkbox', { name: /^Select CCA/ })
        .nth(row)
        .check();
    }
    await window.getByRole('button', { name: 'Download 3 files' }).waitFor();
    await download(window);
    await untilAllDone(window);
    expect(await readdir(folder)).toHaveLength(3);
  });
});

describe('the history and the queue', () => {
  it.each<[string, RegExp, (path: string) => Promise<void>]>([
    ['unchanged', /Unchanged on/, async () => {}],
    ['changed', /Found changed on/, (path) => appendFile(path, 'x')],
    ['missing', /Missing on/, (path) => rm(path)],
  ])('checking again tells a file that is %s', async (_what, words, alter) => {
    const { window } = desk;
    await goTo(window, 'History');
    const search = window.getByRole('searchbox', { name: 'Search history' });
    await search.fill('März');
    await window.getByRole('status').filter({ hasText: '3 downloads found' }).waitFor();
    const row = window.getByRole('grid', { name: 'History' }).getByRole('row').nth(1);
    const name = /CCA_SP_CDR_Daily_\d{8}\.zip/.exec((await row.textContent()) ?? '')?.[0] ?? '';
    await alter(join(desk.downloadFolder, 'März – Abschluß', name));
    await row.getByRole('button', { name: 'Check again' }).click();
    await rowOf(window, 'History', name).filter({ hasText: words }).waitFor();
  });

  it('what a screen said in passing does not follow to the next screen', async () => {
    const { window } = desk;
    await window.getByText('The file is no longer where it was saved.').first().waitFor();
    await goTo(window, 'Find files');
    await window
      .getByText('The file is no longer where it was saved.')
      .first()
      .waitFor({ state: 'detached' });
  });

  it('all can be stopped at once, and started again', async () => {
    const { window } = desk;
    await goTo(window, 'Find files');
    await typePeriod(window, addDays(today, -33), addDays(today, -30));
    service.setFaults(({ path }) => (isFile(path) ? { kind: 'stall', afterBytes: 50_000 } : undefined));
    await find(window);
    await download(window);
    await rowOf(window, 'Downloads', 'Downloading').first().waitFor();
    await window.getByRole('button', { name: 'Cancel all' }).click();
    await window
      .getByText('Nothing to download')
      .or(window.getByText(/^(\d+) of \1 files$/))
      .waitFor();
    expect(await rowOf(window, 'Downloads', 'Cancelled').count()).toBeGreaterThan(0);
    service.setFaults(null);
    service.release();
    await window.getByRole('button', { name: 'Start again' }).click();
    await rowOf(window, 'Downloads', 'Cancelled').first().waitFor({ state: 'detached' });
    await untilAllDone(window);
    await window.getByRole('button', { name: 'Clear finished' }).click();
    await window.getByText('No downloads', { exact: true }).waitFor();
  });

  it('what was added last is on the screen, however long the list is', async () => {
    const { window } = desk;
    await goTo(window, 'Find files');
    await typePeriod(window, addDays(today, -90), addDays(today, -60));
    await find(window);
    await download(window);
    await untilAllDone(window);
    const day = addDays(today, -50);
    await goTo(window, 'Find files');
    await typePeriod(window, day, day);
    await find(window);
    await download(window);
    const name = `CCA_SP_CDR_Daily_${day.replaceAll('-', '')}.zip`;
    await rowOf(window, 'Downloads', name).filter({ hasText: 'Verified' }).waitFor();
  });
});
