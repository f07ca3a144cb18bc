import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type HuaweiService, startHuaweiService } from '../../electron/demo/huawei-cec/huawei-service.ts';
import { type PbxService, startPbxService } from '../../electron/demo/yeastar-s/pbx-service.ts';
import { systemClock } from '../../electron/lib/clock.ts';
import { authority, issuedCertificate } from '../fakes/issued-certificates.ts';
import { certificate, key } from '../fakes/loopback-certificates.ts';
import { otherNameCertificate } from '../fakes/other-name-certificate.ts';
import { type Relay, startRelay } from '../fakes/relay.ts';
import {
  accountButton,
  choose,
  chooseSystem,
  download,
  find,
  foundStatus,
  goTo,
  lookAt,
  pickFolder,
  rowOf,
  trySample,
  typePeriod,
  untilAllDone,
} from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
const CISCO = 'Cisco CCA, sample data';
const YEASTAR = 'Yeastar S-Series, sample data';
const CISCO_ARCHIVES = 'Daily CDR archives (ZIP)';
const YEASTAR_CALLS = 'Call records (CDR)';

let desk: Desk;

const report = (name: string) => desk.window.getByRole('radio', { name, exact: true });

async function pressInMenu(item: string) {
  await accountButton(desk.window).click();
  await desk.window.getByRole('menuitem', { name: item }).click();
}

async function switchTo(place: string, itsReport: string) {
  await accountButton(desk.window).click();
  await desk.window.getByRole('menuitemradio', { name: place }).click();
  await goTo(desk.window, 'Find files');
  await report(itsReport).waitFor();
}

async function findPeriod(from: string, to: string): Promise<string> {
  await typePeriod(desk.window, from, to);
  return find(desk.window);
}

/** The one that is signed in is called "demo" too. */
const waitForYeastar = (window: Page) =>
  rowOf(window, 'Downloads', 'for a sign-in as demo (Yeastar S-Series)').first().waitFor();

describe('two accounts side by side', () => {
  beforeAll(async () => {
    desk = await launchDesk();
    await trySample(desk.window);
  });
  afterAll(() => desk?.close());

  it('a second one is added from the side bar, and the first stays signed in', async () => {
    const { window } = desk;
    await pressInMenu('Add an account…');
    await window.getByRole('heading', { name: 'Add an account', level: 1 }).waitFor();
    await chooseSystem(window, 'Yeastar S-Series');
    await lookAt(desk, '30-add-account');
    await trySample(window);
    await report(YEASTAR_CALLS).waitFor();
    await accountButton(window).click();
    await window.getByRole('menuitemradio', { name: CISCO }).waitFor();
    expect(await window.getByRole('menuitemradio', { name: YEASTAR, checked: true }).count()).toBe(1);
    await lookAt(desk, '31-account-menu');
    await window.keyboard.press('Escape');
  });

  it('the adding of one can be left, and everything is as before', async () => {
    const { window } = desk;
    await pressInMenu('Add an account…');
    await window.getByRole('heading', { name: 'Add an account', level: 1 }).waitFor();
    await window.getByRole('button', { name: 'Cancel', exact: true }).click();
    await report(YEASTAR_CALLS).waitFor();
  });

  it('the menu is opened and used with the keyboard alone', async () => {
    const { window } = desk;
    await window.getByRole('link', { name: 'Settings' }).focus();
    await window.keyboard.press('Tab');
    await expect
      .poll(() => accountButton(window).evaluate((button) => button === document.activeElement))
      .toBe(true);
    await window.keyboard.press('Enter');
    const other = window.getByRole('menuitemradio', { name: CISCO });
    await other.waitFor();
    const isOnOther = () => other.evaluate((item) => item === document.activeElement);
    await expect
      .poll(async () => {
        if (await isOnOther()) return true;
        await window.keyboard.press('ArrowDown');
        return isOnOther();
      })
      .toBe(true);
    await window.keyboard.press('Enter');
    await report(CISCO_ARCHIVES).waitFor();
    await other.waitFor({ state: 'detached' });
  });

  it('each has its own form and its own list, which are still there when one comes back to it', async () => {
    const { window } = desk;
    const result = window.getByRole('region', { name: 'Result' });
    const listed = (name: RegExp) => rowOf(window, 'Files found', name);
    await choose(window, 'Report', CISCO_ARCHIVES);
    expect(await findPeriod(addDays(today, -5), addDays(today, -3))).toMatch(/^3 files found/);
    await switchTo(YEASTAR, YEASTAR_CALLS);
    expect(await report(CISCO_ARCHIVES).count()).toBe(0);
    expect(await result.getByText(/CCA_SP_CDR_Daily/).count()).toBe(0);
    const willBeMade = await findPeriod(addDays(today, -70), addDays(today, -40));
    expect(willBeMade).toMatch(/^\d files? will be made/);
    await switchTo(CISCO, CISCO_ARCHIVES);
    expect(await report(YEASTAR_CALLS).count()).toBe(0);
    expect(await result.getByText(/sample.*\.csv/).count()).toBe(0);
    expect(await foundStatus(window)).toMatch(/^3 files found/);
    expect(await listed(/CCA_SP_CDR_Daily_\d{8}\.zip/).count()).toBe(3);
    await switchTo(YEASTAR, YEASTAR_CALLS);
    expect(await foundStatus(window)).toBe(willBeMade);
    expect(await listed(/\.csv/).count()).toBe(Number.parseInt(willBeMade, 10));
  });

  it('the downloads of both run, from the lists that were left', async () => {
    const { window } = desk;
    await switchTo(CISCO, CISCO_ARCHIVES);
    await download(window);
    await switchTo(YEASTAR, YEASTAR_CALLS);
    await download(window);
    await untilAllDone(window);
    expect(await rowOf(window, 'Downloads', CISCO_ARCHIVES).filter({ hasText: 'Verified' }).count()).toBe(3);
    await rowOf(window, 'Downloads', YEASTAR_CALLS).filter({ hasText: 'Downloaded' }).first().waitFor();
    const names = await readdir(desk.downloadFolder);
    expect(names.filter((name) => name.endsWith('.zip'))).toHaveLength(3);
    expect(names.filter((name) => name.endsWith('.csv')).length).toBeGreaterThan(0);
    // Both are called "demo".
    expect(await rowOf(window, 'Downloads', 'demo (Cisco CCA)').count()).toBe(3);
    await rowOf(window, 'Downloads', 'demo (Yeastar S-Series)').first().waitFor();
    await lookAt(desk, '32-downloads-of-both');
  });

  it('one that is signed out has its files wait for it, while the other goes on', async () => {
    const { window } = desk;
    await goTo(window, 'Find files');
    await findPeriod(addDays(today, -360), addDays(today, -100));
    await download(window);
    await rowOf(window, 'Downloads', 'Being made').first().waitFor();
    await pressInMenu('Sign out');
    await waitForYeastar(window);
    await lookAt(desk, '33-waits-for-sign-in');
    await goTo(window, 'Find files');
    await choose(window, 'Report', CISCO_ARCHIVES);
    const day = addDays(today, -9);
    expect(await findPeriod(day, day)).toMatch(/^1 file found/);
    await download(window);
    const name = `CCA_SP_CDR_Daily_${day.replaceAll('-', '')}.zip`;
    await rowOf(window, 'Downloads', name).filter({ hasText: 'Verified' }).waitFor();
    expect(await window.getByText(/^(\d+) of \1 files?$/).count()).toBe(0);
  });

  it('after a restart, what waits goes on with the sign-in that it waits for', async () => {
    desk = await desk.restart();
    const { window } = desk;
    await window.getByText(/unfinished downloads? (is|are) kept/).waitFor();
    await lookAt(desk, '34-sign-in-with-kept-queue');
    await chooseSystem(window, 'Cisco CCA');
    await trySample(window);
    await goTo(window, 'Downloads');
    await waitForYeastar(window);
    await pressInMenu('Add an account…');
    await chooseSystem(window, 'Yeastar S-Series');
    await trySample(window);
    await goTo(window, 'Downloads');
    await untilAllDone(window);
    expect(await rowOf(window, 'Downloads', 'Failed').count()).toBe(0);
  });

  it('the history is of all accounts, or of one', async () => {
    const { window } = desk;
    await goTo(window, 'History');
    const account = window.getByRole('combobox', { name: 'Account' });
    const count = async () =>
      Number.parseInt(
        (await window
          .getByRole('status')
          .filter({ hasText: /downloads?/ })
          .textContent()) ?? '',
        10,
      );
    await rowOf(window, 'History', CISCO_ARCHIVES).first().waitFor();
    const all = await count();
    const filters = ['Report', 'Outcome', 'Account'].map((name) => window.getByRole('combobox', { name }));
    filters.push(...['From', 'To'].map((name) => window.getByRole('textbox', { name })));
    const lines = await Promise.all(filters.map(async (filter) => (await filter.boundingBox())?.y));
    expect(new Set(lines).size).toBe(1);
    await account.click();
    await window.getByRole('option', { name: 'demo · Cisco CCA' }).click();
    await window.getByRole('status').filter({ hasText: '4 downloads found' }).waitFor();
    await rowOf(window, 'History', YEASTAR_CALLS).first().waitFor({ state: 'detached' });
    await lookAt(desk, '35-history-of-one');
    await account.click();
    await window.getByRole('option', { name: 'demo · Yeastar S-Series' }).click();
    await window
      .getByRole('status')
      .filter({ hasText: `${all - 4} downloads found` })
      .waitFor();
    await rowOf(window, 'History', CISCO_ARCHIVES).first().waitFor({ state: 'detached' });
    await account.focus();
    await window.keyboard.press('Tab');
    const clear = window.getByRole('button', { name: 'Clear Account' });
    expect(await clear.evaluate((button) => button === document.activeElement)).toBe(true);
    await window.keyboard.press('Enter');
    await expect.poll(() => account.evaluate((input) => input === document.activeElement)).toBe(true);
    await window
      .getByRole('status')
      .filter({ hasText: `${all} downloads` })
      .waitFor();
  });
});

describe('a server whose certificate nobody vouches for', () => {
  let service: PbxService;
  let relay: Relay;
  const start = (cert: string) => startPbxService({ tls: { key, cert } });
  const question = () => desk.window.getByRole('alert').filter({ hasText: 'Fingerprint (SHA-256)' });
  const trust = () => question().getByRole('button', { name: 'Trust this certificate' });

  /** As the eye can compare it: groups of four pairs, with blanks between the groups. */
  const shown = (cert: string) =>
    new X509Certificate(cert).fingerprint256.match(/(..:){3}..|..$/g)?.join(' ') ?? '';

  beforeAll(async () => {
    service = await start(certificate);
    relay = await startRelay(() => Number(new URL(service.address).port));
    desk = await launchDesk({ args: ['--password-store=stand-in'] });
  });
  afterAll(async () => {
    await desk?.close();
    await relay?.close();
    await service?.close();
  });

  it('is asked about by its fingerprint, and let in when that is trusted', async () => {
    const { window } = desk;
    await chooseSystem(window, 'Yeastar S-Series');
    await window.getByRole('textbox', { name: 'Server address' }).fill(relay.address);
    await window.getByRole('textbox', { name: 'API user name' }).fill(service.account.name);
    await window.getByRole('textbox', { name: 'API password' }).fill(service.account.password);
    await window.getByRole('checkbox', { name: 'Keep me signed in on this computer' }).check();
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await question().getByText('Nobody vouches for the certificate of this server.').waitFor();
    await question().getByText(shown(certificate), { exact: true }).waitFor();
    await lookAt(desk, '36-certificate-unknown');
    await trust().click();
    await report(YEASTAR_CALLS).waitFor();
  });

  it('ends the sign-in when it has changed, with both fingerprints, and no file comes', async () => {
    const { window } = desk;
    await service.close();
    service = await start(otherNameCertificate);
    expect(await findPeriod(addDays(today, -3), addDays(today, -3))).toMatch(/^1 file will be made/);
    await window.getByRole('button', { name: 'Download 1 file' }).click();
    await window.getByRole('heading', { name: 'Sign in' }).waitFor();
    await window.getByText('1 unfinished download is kept').waitFor();
    await question()
      .getByText('The certificate of this server is another one than the one you trusted.')
      .waitFor();
    await question().getByText(shown(otherNameCertificate), { exact: true }).waitFor();
    await question().getByText(shown(certificate), { exact: true }).waitFor();
    expect(await trust().isDisabled()).toBe(true);
    expect(await readdir(desk.downloadFolder)).toEqual([]);
    await lookAt(desk, '37-certificate-changed');
  });

  it('is trusted with a second thought only; then the kept password signs in, and the file comes', async () => {
    const { window } = desk;
    const password = window.getByRole('textbox', { name: 'API password' });
    expect(await password.getAttribute('placeholder')).toBe('Kept on this computer');
    expect(await password.inputValue()).toBe('');
    await question().getByRole('checkbox').check();
    await trust().click();
    await rowOf(window, 'Downloads', 'Downloaded').waitFor();
  });
});

describe('a server whose own authority an administrator hands out as a file', () => {
  let service: HuaweiService;
  let folder: string;
  const field = () => desk.window.getByRole('group', { name: 'Certificate from a file' });

  async function chooseFile(name: string, content: string | Uint8Array) {
    await writeFile(join(folder, name), content);
    await pickFolder(desk.app, join(folder, name));
    await field()
      .getByRole('button', { name: /^Choose / })
      .click();
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cdr-desk-certificates-'));
    const tls = { key, cert: issuedCertificate };
    service = await startHuaweiService({ clock: systemClock, makingMs: 0, tls });
    desk = await launchDesk();
  });
  afterAll(async () => {
    await desk?.close();
    await service?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is not signed in to with a file that holds no certificate', async () => {
    const { window } = desk;
    await chooseSystem(window, 'Huawei contact center');
    await window.getByRole('textbox', { name: 'Server address' }).fill(service.address);
    await window.getByRole('textbox', { name: 'Access key (AK)' }).fill(service.owner.accessKey);
    await window.getByRole('textbox', { name: 'Secret key (SK)' }).fill(service.owner.secretKey);
    await window.getByRole('button', { name: 'Advanced' }).click();
    await chooseFile('server.key', key);
    await field().getByText('server.key holds no certificate that can be read.').waitFor();
    await lookAt(desk, '39-certificate-file-refused');
  });

  it('is signed in to with the right one, which says whose it is', async () => {
    const { window } = desk;
    await chooseFile('company.cer', new X509Certificate(authority).raw);
    await field().getByText('CDR Desk test authority, valid until ').waitFor();
    await field().scrollIntoViewIfNeeded();
    await lookAt(desk, '39-certificate-file');
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
  });
});
