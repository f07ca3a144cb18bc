/** Each system with a service of its own: a sign-in that is refused, a restart while a file is made, an error told. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localDay } from '../../electron/contract/calendar.ts';
import { resultAnswer, startHuaweiService } from '../../electron/demo/huawei-cec/huawei-service.ts';
import { refusal } from '../../electron/demo/webex-calling/webex-answer.ts';
import { startWebexService } from '../../electron/demo/webex-calling/webex-service.ts';
import { refusal as pbxRefusal } from '../../electron/demo/yeastar-s/pbx-answer.ts';
import { startPbxService } from '../../electron/demo/yeastar-s/pbx-service.ts';
import { systemClock } from '../../electron/lib/clock.ts';
import {
  choose,
  chooseSystem,
  download,
  find,
  goTo,
  lookAt,
  rowOf,
  typePeriod,
  untilAllDone,
} from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

const today = localDay(Date.now());
const period = [addDays(today, -3), addDays(today, -2)] as const;
/** For the file that comes to grief. */
const dayBefore = [addDays(today, -6), addDays(today, -6)] as const;

/** What the service does with files. */
type Mood = 'makes them' | 'takes its time' | 'refuses';

interface Trouble {
  readonly system: string;
  start(mood: () => Mood): Promise<RunningTrouble>;
  /** Further choices in the form of the report. */
  readonly choices: readonly (readonly [group: string, option: string])[];
  readonly fileName: RegExp;
  /** What a row says of the file that the service refuses, and what its details say. */
  readonly said: RegExp;
  readonly details: RegExp;
}

interface RunningTrouble {
  readonly address: string;
  /** By the labels of their fields. */
  readonly typed: Readonly<Record<string, string>>;
  /** In place of one of these: what the service refuses. */
  readonly refused: Readonly<Record<string, string>>;
  /** Whether it has come as far as a restart is worth. */
  isAtWork(): boolean;
  /** What was asked for again although it had been answered. */
  readonly askedTwice: readonly string[];
  close(): Promise<void>;
}

/** Waits until the mood has changed. */
async function whileLate(mood: () => Mood): Promise<void> {
  while (mood() === 'takes its time') await systemClock.sleep(20);
}

/** Notes what is asked for and answered, and what is asked for again after that. */
function createAnswered() {
  const answered = new Set<string>();
  const askedTwice: string[] = [];
  return {
    askedTwice,
    answer(what: string) {
      if (answered.has(what)) askedTwice.push(what);
      answered.add(what);
    },
    get size() {
      return answered.size;
    },
  };
}

const webex: Trouble = {
  system: 'Webex Calling',
  choices: [],
  fileName: /^webex-calling_cdr_finance_\d{8}T\d{6}Z_\d{8}T\d{6}Z\.csv$/,
  said: /Failed.*the account has no right to these records/,
  details: /spark-admin:calling_cdr_read.*Webex Calling Detailed Call History API access/,
  async start(mood) {
    const slices = createAnswered();
    const service = await startWebexService({
      clock: systemClock,
      limits: { rates: null },
      async intercept({ query }) {
        if (mood() === 'refuses') return refusal(403, 'The role is missing');
        if (mood() === 'takes its time' && slices.size === 3) {
          // The answer comes when nobody waits for it any more.
          await whileLate(mood);
          return null;
        }
        slices.answer(query.get('startTime') ?? '');
        return null;
      },
    });
    const { clientId, clientSecret, refreshToken } = service.client;
    return {
      address: service.address,
      typed: {
        'Name for this account': 'Finance',
        'Client ID': clientId,
        'Client secret': clientSecret,
        'Refresh token': refreshToken,
        'Server address': service.address,
        'Address for signing in': service.signInAddress,
      },
      refused: { 'Client secret': 'no such secret' },
      isAtWork: () => slices.size === 3,
      askedTwice: slices.askedTwice,
      close: () => service.close(),
    };
  },
};

const huawei: Trouble = {
  system: 'Huawei contact center',
  choices: [['Files', 'One CSV, each row once']],
  fileName: /^calls_[\d-]{10}_[\d-]{10}\.csv$/,
  said: /Failed.*the service said no/,
  details: /0300006 \(the server expects another version\)/,
  async start(mood) {
    const orders = createAnswered();
    const service = await startHuaweiService({
      clock: systemClock,
      makingMs: 0,
      intercept(call, _count, as) {
        if (mood() === 'refuses') return resultAnswer('0300006', '');
        if (call === 'downloadBillFile' && mood() === 'takes its time') return resultAnswer('0300011', '');
        const answer = as();
        const last = service.calls.at(-1);
        if (call === 'queryBillData' && last) orders.answer(JSON.stringify(last.msgBody));
        return answer;
      },
    });
    return {
      address: service.address,
      typed: {
        'Access key (AK)': service.owner.accessKey,
        'Secret key (SK)': service.owner.secretKey,
        'Server address': service.address,
      },
      refused: { 'Secret key (SK)': 'no such key' },
      isAtWork: () => orders.size === 1,
      askedTwice: orders.askedTwice,
      close: () => service.close(),
    };
  },
};

const yeastar: Trouble = {
  system: 'Yeastar S-Series',
  choices: [],
  fileName: /^yeastar_.+_cdr_all_\d{8}_\d{8}\.csv$/,
  said: /Failed.*an extension does not exist/,
  details: /10006/,
  async start(mood) {
    const randoms = createAnswered();
    let call = '';
    const service = await startPbxService({
      bytesPerSecond: 100_000,
      clock: {
        now: systemClock.now,
        sleep: (ms, gone) =>
          call === 'download' && mood() === 'takes its time'
            ? Promise.race([whileLate(mood), systemClock.sleep(600_000, gone)])
            : systemClock.sleep(ms, gone),
      },
      change({ path, query }, answer) {
        call = path.split('/').at(-1) ?? '';
        if (call === 'download') randoms.answer(new URLSearchParams(query).get('random') ?? '');
        return call === 'get_random' && mood() === 'refuses' ? pbxRefusal(10006) : answer;
      },
    });
    return {
      address: service.address,
      typed: {
        'API user name': service.account.name,
        'API password': service.account.password,
        'Server address': service.address,
      },
      refused: { 'API password': 'no such password' },
      isAtWork: () => call === 'download',
      askedTwice: randoms.askedTwice,
      close: () => service.close(),
    };
  },
};

/** Fills the sign-in form, those fields too that most people leave as they are. */
async function fill(window: Page, system: string, typed: Readonly<Record<string, string>>) {
  await chooseSystem(window, system);
  if (system === webex.system) await choose(window, 'Sign in with', 'A service app');
  const advanced = window.getByRole('button', { name: 'Advanced' });
  if ((await advanced.getAttribute('aria-expanded')) === 'false') await advanced.click();
  for (const [name, value] of Object.entries(typed)) {
    await window.getByRole('textbox', { name: new RegExp(`^${escaped(name)}`) }).fill(value);
  }
}

const escaped = (text: string) => text.replace(/[()]/g, '\\$&');

describe.each([webex, huawei, yeastar])('$system', ({ system, choices, fileName, said, details, start }) => {
  const args = ['--password-store=stand-in'];
  const picture = `24-${system.split(' ')[0]?.toLowerCase()}`;
  let mood: Mood = 'makes them';
  let service: RunningTrouble;
  let desk: Desk;

  beforeAll(async () => {
    service = await start(() => mood);
    desk = await launchDesk({ args });
  });
  afterAll(async () => {
    mood = 'makes them';
    await desk?.close();
    await service?.close();
  });

  async function findAndDownload(from: string, to: string) {
    const { window } = desk;
    await goTo(window, 'Find files');
    for (const choice of choices) await choose(window, ...choice);
    await typePeriod(window, from, to);
    expect(await find(window)).toMatch(/^1 file will be made/);
    await download(window);
  }

  it('does not let a wrong secret in, and says so in words', async () => {
    const { window } = desk;
    await fill(window, system, { ...service.typed, ...service.refused });
    await window.getByRole('checkbox', { name: 'Keep me signed in on this computer' }).check();
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    const alert = window.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/did not accept/i);
    for (const secret of Object.values(service.refused)) {
      expect(await alert.textContent()).not.toContain(secret);
    }
    await lookAt(desk, `${picture}-1-refused`);
  });

  it('lets the right one in', async () => {
    const { window } = desk;
    await fill(window, system, service.typed);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
  });

  it('goes on after a restart with what was being made, and asks for nothing twice', async () => {
    mood = 'takes its time';
    await findAndDownload(...period);
    await expect.poll(() => service.isAtWork()).toBe(true);
    await rowOf(desk.window, 'Downloads', 'Being made').waitFor();
    await lookAt(desk, `${picture}-2-being-made`);

    desk = await desk.restart({ args });
    const { window } = desk;
    await goTo(window, 'Downloads');
    await rowOf(window, 'Downloads', /Being made|Downloading|Waiting/).waitFor();
    mood = 'makes them';
    await untilAllDone(window);
    await lookAt(desk, `${picture}-3-done`);

    expect(service.askedTwice).toEqual([]);
    const [name = '', ...others] = await readdir(desk.downloadFolder);
    expect(others).toEqual([]);
    expect(name).toMatch(fileName);
    const rows = (await readFile(join(desk.downloadFolder, name), 'utf8')).split(/\r?\n/);
    expect(rows.length).toBeGreaterThan(30);
  });

  it('tells what the service refuses, with its own reason under Details, and gets the file at another try', async () => {
    const { window } = desk;
    mood = 'refuses';
    await findAndDownload(...dayBefore);
    const failed = rowOf(window, 'Downloads', said);
    await failed.waitFor();
    await failed.getByRole('button', { name: 'Details' }).click();
    const dialog = window.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Technical details' }).click();
    await expect.poll(() => dialog.textContent()).toMatch(details);
    await lookAt(desk, `${picture}-4-told`);
    mood = 'makes them';
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await untilAllDone(window);
    expect(await readdir(desk.downloadFolder)).toHaveLength(2);
  });
});
