import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import {
  accountButton,
  choose,
  download,
  fillServer,
  find,
  goTo,
  lookAt,
  pickFolder,
  rowOf,
  signIn,
  typePeriod,
  untilAllDone,
} from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
const isArchive = (path: string) => /\/compression\/files\/.+/.test(path);
const isZip = (name: string) => name.endsWith('.zip');

let desk: Desk;
/** Two servers of one system; the same name is an account of both. */
let first: FaultyService;
let second: FaultyService;

beforeAll(async () => {
  [first, second] = await Promise.all([startFaultyService({ today }), startFaultyService({ today })]);
  desk = await launchDesk();
  await signIn(desk.window, first);
});
afterAll(async () => {
  await desk?.close();
  await first?.close();
  await second?.close();
});

const group = () => desk.window.getByRole('region', { name: 'For one account' });
const hostOf = ({ address }: FaultyService) => new URL(address).host;
const header = (service: FaultyService) => group().getByRole('button', { name: hostOf(service) });
const fields = (service: FaultyService) => group().getByRole('group', { name: hostOf(service) });

/** What is kept of the accounts, by the host of each. */
async function kept(what: 'folder' | 'filesAtOnce'): Promise<unknown> {
  const accounts = await desk.window.evaluate(async () => {
    const answer = await Reflect.get(window, 'cdr').account.state();
    return answer.value.accounts;
  });
  const value = (service: FaultyService) =>
    accounts.find((one: { serverAddress: string }) => one.serverAddress === service.address)?.[what];
  return [value(first), value(second)];
}

async function findDays(from: number, to: number) {
  const { window } = desk;
  await goTo(window, 'Find files');
  await choose(window, 'Report', 'Daily CDR archives (ZIP)');
  await typePeriod(window, addDays(today, from), addDays(today, to));
  await find(window);
}

describe('what is set for one account', () => {
  it('is no question while there is only one', async () => {
    await goTo(desk.window, 'Settings');
    await desk.window.getByRole('region', { name: 'Downloads' }).waitFor();
    expect(await group().count()).toBe(0);
  });

  it('is there for each of several, open for the one that the screens are about', async () => {
    const { window } = desk;
    await accountButton(window).click();
    await window.getByRole('menuitem', { name: 'Add an account…' }).click();
    await window.getByRole('heading', { name: 'Add an account', level: 1 }).waitFor();
    await fillServer(window, second);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
    await goTo(window, 'Settings');
    await header(second).getByText('This account: ').waitFor();
    expect(await header(second).getAttribute('aria-expanded')).toBe('true');
    expect(await header(first).getAttribute('aria-expanded')).toBe('false');
    await header(first).getByText('As for all').waitFor();
  });

  it('has its files go to a folder of its own, and those of the other where all go', async () => {
    const { app, downloadFolder, window } = desk;
    const own = join(downloadFolder, 'second');
    await mkdir(own);
    await pickFolder(app, own);
    await fields(second).getByRole('button', { name: 'Change' }).click();
    await expect.poll(() => kept('folder')).toEqual([null, own]);
    await expect.poll(() => fields(second).getByRole('textbox', { name: 'Folder' }).inputValue()).toBe(own);
    const common = window.getByRole('region', { name: 'Downloads' }).getByRole('textbox', { name: 'Folder' });
    expect(await common.inputValue()).toBe(downloadFolder);
  });

  it('limits how many of its files are downloaded at once, until that is taken away', async () => {
    const { downloadFolder, window } = desk;
    await choose(window, 'Files at once', 'At most');
    await fields(second).getByLabel('Files of this account at once').fill('1');
    await expect.poll(() => kept('filesAtOnce')).toEqual([null, 1]);
    await header(first).click();
    await group().evaluate((section) => section.scrollIntoView());
    await lookAt(desk, '13-settings-of-accounts');
    await header(first).click();
    second.setFaults(({ path }) => (isArchive(path) ? { kind: 'stall', afterBytes: 1000 } : undefined));
    await findDays(-6, -4);
    await download(window);
    await expect.poll(() => second.requests.filter(({ path }) => isArchive(path)).length).toBe(1);
    expect(await rowOf(window, 'Downloads', 'Waiting').count()).toBe(2);
    await goTo(window, 'Settings');
    await choose(window, 'Files at once', 'As many as for all');
    await expect.poll(() => second.requests.filter(({ path }) => isArchive(path)).length).toBe(3);
    second.setFaults(null);
    second.release();
    await goTo(window, 'Downloads');
    await untilAllDone(window);
    expect((await readdir(join(downloadFolder, 'second'))).filter(isZip)).toHaveLength(3);
    expect((await readdir(downloadFolder)).filter(isZip)).toEqual([]);
  });

  it('can be changed while it is signed out, and is kept over a restart', async () => {
    desk = await desk.restart();
    const { downloadFolder, window } = desk;
    await signIn(window, first);
    await goTo(window, 'Settings');
    await header(second).getByText(join(downloadFolder, 'second')).waitFor();
    await header(second).click();
    await fields(second).getByRole('radio', { name: 'At most' }).check();
    await expect.poll(() => kept('filesAtOnce')).toEqual([null, 2]);
    await fields(second).getByRole('button', { name: 'As for all' }).click();
    await expect.poll(() => kept('folder')).toEqual([null, null]);
    await header(second).click();
    await header(second).getByText('2 files at once').waitFor();
  });
});
