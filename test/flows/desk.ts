/** The application as a person drives it: by the names of what is on the screen. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Desk } from './launch.ts';

export type Screen = 'Find files' | 'Downloads' | 'History' | 'Settings';

/** What the service expects, and where it is. */
export interface Server {
  readonly address: string;
  readonly account: { readonly name: string; readonly password: string };
}

export async function fillSignIn(window: Page, server: Server, password = server.account.password) {
  await window.getByRole('heading', { name: 'Sign in' }).waitFor();
  await fillServer(window, server, password);
}

/** Types who signs in, and where, on whatever screen asks for it. */
export async function fillServer(window: Page, server: Server, password = server.account.password) {
  await window.getByRole('textbox', { name: 'Account name' }).fill(server.account.name);
  await window.getByRole('textbox', { name: 'Password' }).fill(password);
  const address = window.getByRole('textbox', { name: 'Server address' });
  if (!(await address.isVisible())) await window.getByRole('button', { name: 'Advanced' }).click();
  await address.fill(server.address);
}

export async function signIn(window: Page, server: Server) {
  await fillSignIn(window, server);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
}

/** Chooses one of several systems where one signs in. */
export const chooseSystem = (window: Page, system: string) =>
  window.getByRole('combobox', { name: 'System' }).selectOption({ label: system });

/** Signs in to the sample data of the chosen system. */
export async function trySample(window: Page) {
  await window.getByRole('button', { name: 'Try it with sample data' }).click();
  await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
}

/** In the side bar: says who is signed in, and opens the menu with all accounts. */
export const accountButton = (window: Page) =>
  window.getByRole('navigation', { name: 'Screens and account' }).getByRole('button').first();

export async function goTo(window: Page, screen: Screen) {
  await window.getByRole('link', { name: screen }).click();
  await window.getByRole('heading', { name: screen, level: 1 }).waitFor();
}

export const choose = (window: Page, group: string, option: string) =>
  window.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option, exact: true }).check();

export async function typePeriod(window: Page, from: string, to: string) {
  await window.getByRole('textbox', { name: 'From', exact: true }).fill(from);
  await window.getByRole('textbox', { name: 'To', exact: true }).fill(to);
}

/** Presses "Find" and waits until the result is there. Answers with its status line. */
export async function find(window: Page): Promise<string> {
  await window.getByRole('button', { name: 'Find', exact: true }).click();
  return foundStatus(window);
}

/** The status line of a result, as soon as it counts files. */
export async function foundStatus(window: Page): Promise<string> {
  const status = window.getByRole('status').filter({ hasText: /\bfiles? (found|will be made)\b/ });
  await status.first().waitFor();
  return (await status.first().textContent()) ?? '';
}

/** Presses "Download N files" and waits until the grid of downloads is on the screen. */
export async function download(window: Page) {
  await window.getByRole('button', { name: /^Download [\d,]+ files?$/ }).click();
  await window.getByRole('grid', { name: 'Downloads' }).waitFor();
}

export const rowOf = (window: Page, grid: string, text: string | RegExp) =>
  window.getByRole('grid', { name: grid }).getByRole('row').filter({ hasText: text });

/** Waits until every file in the queue has come to its end. */
export const untilAllDone = (window: Page) =>
  window.getByText(/^(\d+) of \1 files?$/).waitFor({ timeout: 60_000 });

/** This computer's clock, some hours from now, as a time is typed: `19:00`. */
export function clockIn(hours: number): string {
  const time = new Date(Date.now() + hours * 3_600_000);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Whoever is asked for a folder from now on picks this one. */
export const pickFolder = (app: ElectronApplication, folder: string) =>
  app.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] });
  }, folder);

const pictures = join(import.meta.dirname, '..', '..', 'test-output');

/** A picture of the screen in both themes, `test-output/NAME-THEME.png`, and no violation that axe finds in either. */
export async function lookAt({ app, window }: Pick<Desk, 'app' | 'window'>, name: string) {
  await mkdir(pictures, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await app.evaluate(({ nativeTheme }, wanted) => {
      nativeTheme.themeSource = wanted;
    }, theme);
    await window.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
    await window.evaluate(() =>
      Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
    );
    await window.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(told, `${name} in ${theme}`).toEqual([]);
  }
}
