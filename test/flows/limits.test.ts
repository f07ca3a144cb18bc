import { readdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { choose, clockIn, download, find, goTo, rowOf, signIn, typePeriod, untilAllDone } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
const isArchive = (path: string) => /\/compression\/files\/.+/.test(path);
const isList = (path: string) => path.endsWith('/compression/files');

let service: FaultyService;
let desk: Desk;
let closeForwarding = () => {};

beforeAll(async () => {
  service = await startFaultyService({ today });
  desk = await launchDesk();
  await signIn(desk.window, service);
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
  closeForwarding();
});
afterEach(() => service.setFaults(null));

/** What is kept of the settings, as the main process answers it. */
const kept = (name: string): Promise<unknown> =>
  desk.window.evaluate(async (wanted) => {
    const answer = await Reflect.get(window, 'cdr').settings.get();
    return Reflect.get(answer.value, wanted);
  }, name);

async function findDays(first: number, last: number) {
  const { window } = desk;
  await goTo(window, 'Find files');
  await choose(window, 'Report', 'Daily CDR archives (ZIP)');
  await typePeriod(window, addDays(today, first), addDays(today, last));
  await find(window);
}

/** Has what knocks at one port of this computer come in at another. */
async function forward(from: number, to: number): Promise<() => void> {
  const server = createServer((socket) => {
    const onward = connect(to, '127.0.0.1');
    pipeline(socket, onward, socket, () => {});
  });
  await new Promise<void>((resolve) => server.listen(from, '127.0.0.1', resolve));
  return () => server.close();
}

const banner = (text: RegExp) => desk.window.getByRole('status').filter({ hasText: text });

describe('hours', () => {
  it('are chosen, and explained where they go over midnight', async () => {
    const { window } = desk;
    await goTo(window, 'Settings');
    await choose(window, 'Hours', 'Between');
    await window.getByLabel('From', { exact: true }).fill('19:00');
    await window.getByLabel('To', { exact: true }).fill('07:00');
    await window.getByText(/^Downloads run from .+ the next day\./).waitFor();
    await expect.poll(() => kept('hours')).toEqual({ from: '19:00', to: '07:00' });
  });

  it('hold back what is added outside of them, and say until when', async () => {
    const { window } = desk;
    const hours = { from: clockIn(2), to: clockIn(3) };
    await window.getByLabel('From', { exact: true }).fill(hours.from);
    await window.getByLabel('To', { exact: true }).fill(hours.to);
    await expect.poll(() => kept('hours')).toEqual(hours);
    await findDays(-6, -4);
    await download(window);
    await banner(/^Downloads run between .+They go on by themselves /).waitFor();
    expect(await rowOf(window, 'Downloads', 'Waiting').count()).toBe(3);
    expect(service.requests.filter(({ path }) => isArchive(path))).toEqual([]);
  });

  it('do not keep back what is started by hand', async () => {
    const { window } = desk;
    await rowOf(window, 'Downloads', 'Waiting').nth(1).getByRole('button', { name: 'Start now' }).click();
    await rowOf(window, 'Downloads', 'Verified').waitFor();
    expect(await rowOf(window, 'Downloads', 'Waiting').count()).toBe(2);
    expect(service.requests.filter(({ path }) => isArchive(path))).toHaveLength(1);
  });

  it('are taken away where they are said, and everything goes on', async () => {
    const { window } = desk;
    await window.getByRole('link', { name: 'Change the hours' }).click();
    await choose(window, 'Hours', 'At any time');
    await expect.poll(() => kept('hours')).toBeNull();
    await goTo(window, 'Downloads');
    await untilAllDone(window);
    expect(await banner(/Downloads run/).count()).toBe(0);
  });
});

describe('the speed limit', () => {
  it('is typed in megabytes a second, kept over a restart, and can be taken away', async () => {
    await goTo(desk.window, 'Settings');
    await choose(desk.window, 'Speed limit', 'At most');
    await desk.window.getByRole('textbox', { name: 'Speed limit in MB/s' }).fill('2.5');
    await expect.poll(() => kept('speedLimit')).toBe(2_500_000);
    desk = await desk.restart();
    await signIn(desk.window, service);
    await goTo(desk.window, 'Settings');
    const field = desk.window.getByRole('textbox', { name: 'Speed limit in MB/s' });
    expect(await field.inputValue()).toBe('2.5 MB/s');
    await choose(desk.window, 'Speed limit', 'No limit');
    await expect.poll(() => kept('speedLimit')).toBeNull();
  });

  it('says what can be typed, and keeps nothing else', async () => {
    const { window } = desk;
    await choose(window, 'Speed limit', 'At most');
    const before = await kept('speedLimit');
    await window.getByRole('textbox', { name: 'Speed limit in MB/s' }).fill('0');
    await window.getByText(/^Type a number from 0\.1/).waitFor();
    expect(await kept('speedLimit')).toBe(before);
    await choose(window, 'Speed limit', 'No limit');
  });
});

describe('a queue under a speed limit', () => {
  it('runs no faster, and at full speed again once the limit is gone', async () => {
    const { window } = desk;
    await goTo(window, 'Settings');
    await choose(window, 'Speed limit', 'At most');
    await window.getByRole('textbox', { name: 'Speed limit in MB/s' }).fill('0.1');
    await expect.poll(() => kept('speedLimit')).toBe(100_000);
    await findDays(-16, -14);
    await download(window);
    await window
      .getByText(/^\d+(\.\d)? kB\/s$/)
      .first()
      .waitFor();
    expect(await rowOf(window, 'Downloads', 'Downloading').count()).toBe(3);
    await goTo(window, 'Settings');
    await choose(window, 'Speed limit', 'No limit');
    await expect.poll(() => kept('speedLimit')).toBeNull();
    await goTo(window, 'Downloads');
    await untilAllDone(window);
  });
});

describe('a service that can’t be reached', () => {
  it('is said once for all files, and they go on when it is back', async () => {
    const { window } = desk;
    await findDays(-12, -10);
    await service.close();
    await download(window);
    await banner(/^The service can’t be reached right now\./).waitFor({ timeout: 60_000 });
    expect(await rowOf(window, 'Downloads', /Failed/).count()).toBe(0);
    const { port } = new URL(service.address);
    service = await startFaultyService({ today });
    closeForwarding = await forward(Number(port), Number(new URL(service.address).port));
    await window.getByRole('button', { name: 'Try now' }).click();
    await untilAllDone(window);
    await banner(/can’t be reached/).waitFor({ state: 'detached' });
  });
});

describe('a disk without room', () => {
  it('is said where Download was pressed, with another folder at hand; nothing is added or written', async () => {
    const { window } = desk;
    service.setFaults(({ path }) => (isList(path) ? { kind: 'json', edit: asHuge } : undefined));
    await findDays(-20, -19);
    const before = await readdir(desk.downloadFolder);
    await window.getByRole('button', { name: 'Download 2 files' }).click();
    const said = window.getByRole('alert').filter({ hasText: 'The disk has not enough room' });
    await said.getByRole('button', { name: 'Choose another folder…' }).waitFor();
    expect(await readdir(desk.downloadFolder)).toEqual(before);
    await goTo(window, 'Downloads');
    expect(await rowOf(window, 'Downloads', 'Waiting').count()).toBe(0);
  });
});

/** The listing with sizes that no disk has room for. */
function asHuge(body: unknown): unknown {
  const text = JSON.stringify(body).replace(/"fileSize":\d+/g, '"fileSize":900000000000000');
  return JSON.parse(text);
}
