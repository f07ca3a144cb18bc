import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import {
  accountButton,
  choose,
  chooseSystem,
  download,
  fillSignIn,
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

let service: FaultyService;
let desk: Desk;

beforeAll(async () => {
  service = await startFaultyService({ today });
  desk = await launchDesk();
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

const link = (name: string) =>
  desk.window.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name });
const field = (name: string) => desk.window.getByRole('textbox', { name });
const hasKeyboard = (what: Locator) => what.evaluate((element) => element === document.activeElement);

async function backToSignIn() {
  await link('Sign in').click();
  await desk.window.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
}

const resize = async (width: number, height: number) => {
  await desk.app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as const,
  );
  await desk.window.waitForFunction((expected) => innerWidth === expected, width);
};

async function signOut() {
  await accountButton(desk.window).click();
  await desk.window.getByRole('menuitem', { name: 'Sign out' }).click();
  await desk.window.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
}

describe('before anybody has ever signed in', () => {
  it('the settings can be changed, and what was typed into the form is still there', async () => {
    const { app, window } = desk;
    await fillSignIn(window, service, 'half a passw');
    const folder = join(desk.downloadFolder, 'reports');
    await mkdir(folder);
    await pickFolder(app, folder);
    await link('Settings').click();
    await window.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await window.getByText('Nobody is signed in.').waitFor();
    await window.getByRole('button', { name: 'Change', exact: true }).click();
    await expect.poll(() => field('Folder').inputValue()).toBe(folder);
    await lookAt(desk, '45-settings-signed-out');
    await backToSignIn();
    expect(await field('Account name').inputValue()).toBe(service.account.name);
    expect(await field('Password').inputValue()).toBe('half a passw');
    expect(await field('Server address').inputValue()).toBe(service.address);
  });

  it('the keyboard comes by the screens before the form, and a screen can be opened with it', async () => {
    const { window } = desk;
    await link('Sign in').focus();
    for (const name of ['Downloads', 'History', 'Settings']) {
      await window.keyboard.press('Tab');
      expect(await hasKeyboard(link(name))).toBe(true);
    }
    await window.keyboard.press('Tab');
    expect(await hasKeyboard(window.getByRole('combobox', { name: 'System' }))).toBe(true);
    await link('History').focus();
    await window.keyboard.press('Enter');
    await window.getByText('Nothing downloaded yet').waitFor();
    expect(await link('History').getAttribute('aria-current')).toBe('page');
    await backToSignIn();
    expect(await link('Sign in').getAttribute('aria-current')).toBe('page');
  });

  it.each(['Sign in', 'Downloads', 'History', 'Settings'])(
    '%s fits into the smallest window',
    async (screen) => {
      const { window } = desk;
      const before = await window.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      await resize(900, 600);
      await link(screen).click();
      await window.getByRole('heading', { name: screen, level: 1 }).waitFor();
      await lookAt(desk, `46-small-${screen.toLowerCase().replace(' ', '-')}-signed-out`);
      expect(await window.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(900);
      await resize(before.width, before.height);
      await backToSignIn();
    },
  );
});

describe('once everybody is signed out', () => {
  const name = `CCA_SP_CDR_Daily_${addDays(today, -3).replaceAll('-', '')}.zip`;
  const rows = () => rowOf(desk.window, 'History', name);

  beforeAll(async () => {
    const { window } = desk;
    await signIn(window, service);
    await choose(window, 'Report', 'Daily CDR archives (ZIP)');
    await typePeriod(window, addDays(today, -5), addDays(today, -3));
    await find(window);
    await download(window);
    await untilAllDone(window);
    await signOut();
  });

  it('the history says what was downloaded, and shows where it is', async () => {
    const { app } = desk;
    await app.evaluate(({ shell }) => {
      shell.showItemInFolder = (path) => Reflect.set(globalThis, 'shown', path);
    });
    await link('History').click();
    await rows().waitFor();
    await lookAt(desk, '47-history-signed-out');
    await rows().getByRole('button', { name: 'Show in folder' }).click();
    await expect
      .poll(() => app.evaluate(() => Reflect.get(globalThis, 'shown')))
      .toBe(join(desk.downloadFolder, 'reports', name));
  });

  it('a file that is downloaded again waits in the queue for the sign-in', async () => {
    const { window } = desk;
    await rows().getByRole('button', { name: 'Download again' }).click();
    await window.getByText(`${name} is in the queue again.`).waitFor();
    await link('Downloads').click();
    await rowOf(window, 'Downloads', `for a sign-in as ${service.account.name}`).waitFor();
    await lookAt(desk, '48-downloads-signed-out');
  });

  it('the settings lead to the sign-in of an account, with the keyboard where something is missing', async () => {
    const { window } = desk;
    await link('Settings').click();
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await window.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    expect(await field('Account name').inputValue()).toBe(service.account.name);
    await expect.poll(() => hasKeyboard(field('Password'))).toBe(true);
    await lookAt(desk, '49-sign-in-again');
  });

  it('whoever signs in begins at the first screen, and what waited goes on', async () => {
    const { window } = desk;
    await field('Password').fill(service.account.password);
    await window.keyboard.press('Enter');
    await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
    await goTo(window, 'Downloads');
    await untilAllDone(window);
  });

  it('a sign-in that is done while one looks at something else leaves that where it is', async () => {
    const { window } = desk;
    await signOut();
    service.setFaults(({ path }) => (path === '/v1/oauth/token' ? { kind: 'stall' } : undefined));
    await field('Password').fill(service.account.password);
    await window.keyboard.press('Enter');
    await window.getByRole('button', { name: 'Signing in…' }).waitFor();
    await link('History').click();
    await rows().first().waitFor();
    service.setFaults(null);
    service.release();
    await accountButton(window).waitFor();
    await rows().first().waitFor();
  });

  it('forgetting an account in the settings stays there', async () => {
    const { window } = desk;
    await signOut();
    await link('Settings').click();
    await window.getByRole('button', { name: 'Forget', exact: true }).click();
    await window.getByText('Nobody is signed in.').waitFor();
    await window.getByRole('list', { name: 'Accounts' }).waitFor({ state: 'detached' });
    await backToSignIn();
    await chooseSystem(window, 'Cisco CCA');
    expect(await field('Password').inputValue()).toBe('');
  });
});
