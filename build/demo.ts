import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { command } from './command.ts';
import { checkOnDisk, fileTable, readHistory } from './demo-record.ts';
import { launchEnvironment, prepareLaunch } from './prepare-launch.ts';
import { projectFolder, say } from './project.ts';
import { ensureScreen } from './screen.ts';

const outputFolder = join(projectFolder, 'demo-output');

/** Milliseconds that a month of sample files may take to arrive; the sample service is slow on purpose. */
const downloadTimeLimit = 5 * 60 * 1000;

await command(async () => {
  const { executablePath, args } = await prepareLaunch();
  await rm(outputFolder, { recursive: true, force: true });
  await mkdir(outputFolder);
  const closeScreen = await ensureScreen();
  const profile = await mkdtemp(join(tmpdir(), 'cdr-desk-demo-'));
  const app = await _electron.launch({
    executablePath,
    args: [...args, `--user-data-dir=${profile}`, `--download-folder=${outputFolder}`],
    env: launchEnvironment(),
  });
  try {
    return (await doTheMainJob(await app.firstWindow())) ? 0 : 1;
  } finally {
    await app.close();
    closeScreen();
    await rm(profile, { recursive: true, force: true });
  }
});

/** As a person would, by what is written on the screen. True if every file is whole and verified. */
async function doTheMainJob(window: Page): Promise<boolean> {
  const show = screenshots(window);
  const press = (name: string | RegExp) => window.getByRole('button', { name, exact: true }).click();
  const goTo = async (name: string) => {
    await window.getByRole('link', { name }).click();
    await window.getByRole('heading', { name, level: 1 }).waitFor();
  };

  await window.getByRole('heading', { name: 'Sign in' }).waitFor();
  await show('sign-in');
  await press('Try it with sample data');

  await window
    .getByRole('radiogroup', { name: 'Report' })
    .getByRole('radio', { name: /^Daily CDR archives/ })
    .check();
  await press('Last month');
  await show('report-and-period');
  await press('Find');
  const download = window.getByRole('button', { name: /^Download [\d,]+ files?$/ });
  await download.waitFor();
  const found = Number(((await download.textContent()) ?? '').replace(/\D/g, ''));
  await show('found');

  await download.click();
  await window.getByRole('grid', { name: 'Downloads' }).waitFor();
  await window.getByText('Verified', { exact: true }).first().waitFor();
  await show('downloading');
  await allFinished(window);
  await show('verified');
  await goTo('History');
  await window.getByRole('grid', { name: 'History' }).getByRole('row').nth(1).waitFor();
  await show('history');

  const recorded = readHistory(
    await window.evaluate(() => Reflect.get(window, 'cdr').history.search({ limit: 1000 })),
  );
  const files = (await Promise.all(recorded.map(checkOnDisk))).sort((a, b) => a.name.localeCompare(b.name));
  const verified = files.filter(({ problem }) => problem === undefined).length;
  process.stdout.write(`\n${fileTable(files)}\n\n`);
  process.stdout.write(`${found} files found, ${files.length} downloaded, ${verified} whole and verified.\n`);
  process.stdout.write(`Files and a picture of each step: ${outputFolder}\n`);
  return found > 0 && files.length === found && verified === found;
}

/** A numbered picture a step, and a line that tells of it. */
function screenshots(window: Page): (name: string) => Promise<void> {
  let number = 0;
  return async (name) => {
    number += 1;
    await window.screenshot({ path: join(outputFolder, `${number}-${name}.png`) });
    say(`${number}. ${name.replaceAll('-', ' ')}`);
  };
}

/** When nothing is left to pause, nothing is waiting or running. */
async function allFinished(window: Page): Promise<void> {
  const pauseAll = await window.getByRole('button', { name: 'Pause all' }).elementHandle();
  await window.waitForFunction((button) => button?.matches(':disabled'), pauseAll, {
    timeout: downloadTimeLimit,
  });
}
