import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, clockIn, download, find, goTo, lookAt, pickFolder, untilAllDone } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await launchDesk();
});
afterAll(() => desk?.close());

describe('every screen, with the sample data', () => {
  it('Sign in', async () => {
    await desk.window.getByRole('heading', { name: 'Sign in' }).waitFor();
    await lookAt(desk, '1-sign-in');
  });

  it('Find files, before the first search', async () => {
    await desk.window.getByRole('button', { name: 'Try it with sample data' }).click();
    await desk.window.getByRole('radiogroup', { name: 'Report' }).waitFor();
    await lookAt(desk, '2-find-empty');
  });

  it('Downloads and History, when nothing was downloaded yet', async () => {
    await goTo(desk.window, 'Downloads');
    await lookAt(desk, '3-downloads-empty');
    await goTo(desk.window, 'History');
    await lookAt(desk, '4-history-empty');
  });

  it('Find files, with a result that lacks a day', async () => {
    const { window } = desk;
    await goTo(window, 'Find files');
    await window.getByRole('button', { name: 'Last month', exact: true }).click();
    expect(await find(window)).toMatch(/^\d+ files found, [\d.]+ MB/);
    await window
      .getByText(/^No file for 17 /)
      .first()
      .waitFor();
    await lookAt(desk, '5-find-result');
  });

  it('Downloads, running', async () => {
    const { window } = desk;
    await download(window);
    await window.getByText('Downloading').first().waitFor();
    await window.getByRole('button', { name: 'Pause all' }).click();
    await lookAt(desk, '6-downloads-running');
  });

  it('Downloads and History, when everything is verified', async () => {
    const { window } = desk;
    await window.getByRole('button', { name: 'Resume all' }).click();
    await untilAllDone(window);
    await lookAt(desk, '7-downloads-verified');
    await goTo(window, 'History');
    await window.getByRole('grid', { name: 'History' }).getByRole('row').nth(5).waitFor();
    await lookAt(desk, '8-history');
  });

  it('Find files, with a form of many choices', async () => {
    const { window } = desk;
    await goTo(window, 'Find files');
    await choose(window, 'Report', 'Peak Port files');
    await choose(window, 'Frequency', 'Monthly');
    await window.getByRole('button', { name: 'Last 3 months', exact: true }).click();
    await find(window);
    await lookAt(desk, '9-find-months');
  });

  it('Settings, with limits', async () => {
    const { window } = desk;
    await goTo(window, 'Settings');
    await choose(window, 'Speed limit', 'At most');
    await choose(window, 'Hours', 'Between');
    const [from, to] = [clockIn(2), clockIn(3)];
    await window.getByLabel('From', { exact: true }).fill(from);
    await window.getByLabel('To', { exact: true }).fill(to);
    await window.getByRole('switch', { name: 'Leave a manifest' }).check();
    await lookAt(desk, '10-settings');
  });

  it('Downloads, held back until their hours', async () => {
    const { window } = desk;
    await goTo(window, 'Find files');
    await choose(window, 'Report', 'Daily CDR archives (ZIP)');
    await window.getByRole('button', { name: 'Last 7 days', exact: true }).click();
    await find(window);
    await download(window);
    await window
      .getByText(/^Downloads run between/)
      .first()
      .waitFor();
    await lookAt(desk, '11-downloads-held');
  });

  it('Check a folder, with an outcome', async () => {
    const { app, window, downloadFolder } = desk;
    await goTo(window, 'Settings');
    await choose(window, 'Speed limit', 'No limit');
    await choose(window, 'Hours', 'At any time');
    await goTo(window, 'Downloads');
    await untilAllDone(window);
    await expect.poll(() => readdir(downloadFolder)).toContain('manifest.csv');
    await pickFolder(app, downloadFolder);
    await goTo(window, 'History');
    await window.getByRole('button', { name: 'Check a folder…' }).click();
    await window.getByText(/^All \d files are as they were downloaded\.$/).waitFor();
    await lookAt(desk, '12-check-folder');
    await window.keyboard.press('Escape');
  });

  it.each(['Find files', 'Downloads', 'History', 'Settings'] as const)(
    '%s does not scroll sideways in a small window, enlarged by half',
    async (screen) => {
      const { app, window } = desk;
      await app.evaluate(({ BrowserWindow }) => {
        const [first] = BrowserWindow.getAllWindows();
        first?.setContentSize(900, 640);
        first?.webContents.setZoomFactor(1.5);
      });
      await expect
        .poll(() => window.evaluate(() => document.documentElement.clientWidth))
        .toBeLessThanOrEqual(600);
      await goTo(window, screen);
      const tooWide = await window.evaluate(() =>
        [...document.querySelectorAll('main, main :not(table)')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
          .map(({ className }) => className),
      );
      expect(tooWide).toEqual([]);
    },
  );
});
