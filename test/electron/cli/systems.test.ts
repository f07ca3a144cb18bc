/** Systems whose files are made when they are asked for, each against the imitation of its service. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { addDays, localDay, monthOf } from '../../../electron/contract/calendar.ts';
import { startHuaweiService } from '../../../electron/demo/huawei-cec/huawei-service.ts';
import {
  startWebexService,
  type WebexServiceOptions,
} from '../../../electron/demo/webex-calling/webex-service.ts';
import { type PbxServiceOptions, startPbxService } from '../../../electron/demo/yeastar-s/pbx-service.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { type CdrRun, cdr, errorOf, filesOf, newFolder, startCdr, summaryOf, until } from './cdr.ts';

const clock = systemClock;
const today = localDay(clock.now());
const daysAgo = (from: number, to: number) => ['--from', addDays(today, -from), '--to', addDays(today, -to)];
const into = ['--to-folder', 'files', '--data-dir', 'state'];

/** One system: how the command line signs in to it, and what it finds there. */
interface Case {
  readonly system: string;
  readonly args: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly report: readonly string[];
}

let home: string;
beforeEach(async () => {
  home = await newFolder();
});

const run = ({ system, args, secrets }: Case, command: string, more: readonly string[]) =>
  startCdr([command, '--system', system, ...args, '--secrets-stdin', ...more, '--json'], {
    cwd: home,
    input: JSON.stringify(secrets),
  });
const find = (one: Case, more: readonly string[]) =>
  run(one, 'find', [...one.report, ...more, '--data-dir', 'state']).ended;
const fetch = (one: Case, more: readonly string[]) => run(one, 'fetch', [...one.report, ...more, ...into]);

const foundIn = ({ lines }: CdrRun) => lines.filter((line) => 'found' in line);
const read = (name: string) => readFile(join(home, 'files', name));

/** The one file of a run in which all went well. */
function onlyFile(ended: CdrRun) {
  expect(ended.err).toBe('');
  expect(ended.code).toBe(0);
  const [file, ...others] = filesOf(ended);
  expect(others).toEqual([]);
  expect(file).toMatchObject({ outcome: 'unverified', failure: null });
  return basename(file?.path ?? '');
}

function expectStopped(ended: CdrRun): void {
  expect(ended.code).toBe(130);
  expect(errorOf(ended)).toBe('cancelled');
  expect(filesOf(ended)).toEqual([]);
  expect(summaryOf(ended)).toMatchObject({ left: 1, exitCode: 130 });
}

function expectNoSecret({ secrets }: Case, ...runs: readonly CdrRun[]): void {
  for (const { out, err } of runs) {
    for (const secret of Object.values(secrets)) expect(out + err).not.toContain(secret);
  }
}

/** A refused sign-in ends with 3, whatever the system. */
async function expectRefused(one: Case, wrong: Readonly<Record<string, string>>): Promise<void> {
  const other = { ...one, secrets: wrong };
  const refused = await find(other, daysAgo(3, 2));
  expect([refused.code, errorOf(refused)]).toEqual([3, 'sign-in-refused']);
  expectNoSecret(other, refused);
}

describe.each(['webex-calling', 'huawei-cec', 'yeastar-s'])('%s', (system) => {
  it('says what it has and what signing in takes, without asking anybody', async () => {
    const ended = await cdr(['reports', '--system', system, '--json']);
    expect(ended.code).toBe(0);
    const signIns = ended.lines.filter((line) => 'signIn' in line);
    expect(signIns).toMatchObject([{ signIn: { system } }]);
    const reports = ended.lines.filter((line) => 'report' in line);
    expect(reports).not.toHaveLength(0);
    expect(reports.every((line) => line.system === system)).toBe(true);
  });

  it('has sample data', async () => {
    const { report: [, name] = [] } = cases[system] ?? {};
    const ended = await cdr([
      'find',
      '--demo',
      '--system',
      system,
      '--report',
      name ?? '',
      ...daysAgo(3, 2),
      '--json',
    ]);
    expect(ended.code).toBe(0);
    expect(foundIn(ended)).not.toHaveLength(0);
    expect(summaryOf(ended)).toMatchObject({ exitCode: 0 });
  });
});

const cases: Readonly<Record<string, Pick<Case, 'report'>>> = {
  'webex-calling': { report: ['--report', 'calls', '--bom', 'no'] },
  'huawei-cec': { report: ['--report', 'call-and-recording-records'] },
  'yeastar-s': { report: ['--report', 'cdr'] },
};

it.each(['webex-calling', 'yeastar-s'])('the sample data of %s can be downloaded', async (system) => {
  const { report = [] } = cases[system] ?? {};
  const args = ['fetch', '--demo', '--system', system, ...report, ...daysAgo(3, 3), ...into, '--json'];
  const name = onlyFile(await cdr(args, { cwd: home }));
  expect((await read(name)).length).toBeGreaterThan(0);
});

describe('Webex Calling', () => {
  const day = daysAgo(3, 3);

  async function withService(options: Partial<WebexServiceOptions> = {}) {
    const service = await startWebexService({ clock, limits: { rates: null }, ...options });
    onTestFinished(() => service.close());
    const args = ['--server', service.address, '--account', 'Sample', '--field', 'way=token'];
    const one: Case = {
      system: 'webex-calling',
      args,
      secrets: { accessToken: service.client.personalToken },
      report: ['--report', 'calls', '--bom', 'no'],
    };
    return { service, one };
  }

  it('is signed in to, searched and downloaded from', async () => {
    const { one } = await withService();
    await expectRefused(one, { accessToken: 'no-such-token' });
    const found = await find(one, [...daysAgo(4, 2), '--per', 'day']);
    expect([found.code, foundIn(found).length]).toEqual([0, 3]);
    const old = await find(one, daysAgo(90, 80));
    expect([old.code, foundIn(old)]).toEqual([4, []]);
    const ended = await fetch(one, day).ended;
    const rows: unknown[] = parse(await read(onlyFile(ended)), { columns: true });
    expect(rows.length).toBeGreaterThan(10);
    expectNoSecret(one, found, old, ended);
  });

  it('goes on from the slices that were there when Ctrl-C stopped it', async () => {
    let stands = true;
    const { service, one } = await withService({
      intercept: ({ query }) => {
        // The last of the three slices, twelve hours each.
        const isLast = query.get('startTime')?.startsWith(addDays(day[1] ?? '', 1)) ?? false;
        return isLast && stands ? new Promise(() => {}) : null;
      },
    });
    const slices = () => service.calls.flatMap(({ query }) => query.get('startTime') ?? []);
    const { child, ended } = fetch(one, day);
    await until(() => slices().some((start) => start.startsWith(addDays(day[1] ?? '', 1))));
    child.kill('SIGINT');
    expectStopped(await ended);
    stands = false;
    const before = slices();
    const second = await fetch(one, day).ended;
    const name = onlyFile(second);
    const whole = slices()
      .slice(before.length)
      .filter((start) => start.startsWith(day[1] ?? ''));
    expect(whole).toEqual([]);
    expect(await readdir(join(home, 'files'))).toEqual([name]);
  });
});

describe('Huawei contact center', () => {
  async function withService() {
    const service = await startHuaweiService({ clock, makingMs: 0 });
    onTestFinished(() => service.close());
    const { accessKey, secretKey } = service.owner;
    const one: Case = {
      system: 'huawei-cec',
      args: ['--server', service.address, '--account', accessKey, '--field', 'timeZone=UTC'],
      secrets: { secretKey },
      report: ['--report', 'call-and-recording-records'],
    };
    return { service, one };
  }

  it('is signed in to and searched', async () => {
    const { one, service } = await withService();
    await expectRefused(one, { secretKey: 'no-such-key' });
    const found = await find(one, daysAgo(9, 3));
    expect(found.code).toBe(0);
    // Three days each, and no file goes over the end of a month.
    expect(foundIn(found).length).toBeGreaterThanOrEqual(3);
    const none = await fetch(
      { ...one, report: ['--report', 'file-by-name', '--file-name', '20260101_0.zip'] },
      [],
    ).ended;
    expect(none.code).toBe(1);
    expect(filesOf(none)).toMatchObject([{ outcome: 'failed', failure: 'not-found' }]);
    expect(service.names).toEqual([]);
    expectNoSecret(one, found, none);
  });

  it('is asked to make a file once, also when Ctrl-C came while it did', async () => {
    const { service, one } = await withService();
    const { child, ended } = fetch(one, daysAgo(3, 3));
    let out = '';
    child.stdout?.on('data', (text) => {
      out += text;
    });
    await until(() => out.includes('"making"') && out.includes('"done":1'));
    child.kill('SIGINT');
    const stopped = await ended;
    expectStopped(stopped);
    const second = await fetch(one, daysAgo(3, 3)).ended;
    const name = onlyFile(second);
    expect(Object.keys(unzipSync(await read(name)))).not.toHaveLength(0);
    expect(service.calls.filter(({ call }) => call === 'queryBillData')).toHaveLength(1);
    expect(await readdir(join(home, 'files'))).toEqual([name]);
    expectNoSecret(one, stopped, second);
  });

  it('gives one CSV instead, and says what is in it', async () => {
    const { service, one } = await withService();
    const csv = { ...one, report: [...one.report, '--files', 'csv', '--bom', 'no'] };
    const monthsBegin = `${monthOf(today)}-01`;
    const days = [addDays(monthsBegin, -2), addDays(monthsBegin, -1)] as const;
    const period = ['--from', days[0], '--to', days[1]];
    const found = await find(csv, period);
    expect(foundIn(found)).toMatchObject([{ found: { file: `calls_${days[0]}_${days[1]}.csv` } }]);
    const ended = await fetch(csv, period).ended;
    const rows: Record<string, string>[] = parse(await read(onlyFile(ended)), { columns: true });
    const times = rows.map((row) => row.call_begin ?? '').sort();
    expect([times[0]?.slice(0, 10), times.at(-1)?.slice(0, 10)]).toEqual(days);
    const inside = { rows: rows.length, first: times[0], last: times.at(-1) };
    expect(ended.lines.filter((line) => 'notes' in line)).toEqual([
      { notes: { file: `calls_${days[0]}_${days[1]}.csv`, notes: ['rows-are-legs', inside] } },
    ]);
    expect(service.calls.filter(({ call }) => call === 'queryBillData')).toHaveLength(1);
    expectNoSecret(csv, found, ended);
  }, 60_000);
});

describe('Yeastar S-Series', () => {
  async function withService(options: PbxServiceOptions = {}) {
    const service = await startPbxService({
      account: { name: 'api', password: 'correct-horse' },
      ...options,
    });
    onTestFinished(() => service.close());
    const { name, password } = service.account;
    const one: Case = {
      system: 'yeastar-s',
      args: [
        '--server',
        service.address,
        '--account',
        name,
        '--field',
        'timeZone=UTC',
        '--field',
        'pbxName=office',
      ],
      secrets: { password },
      report: ['--report', 'cdr'],
    };
    return { service, one };
  }

  it('is signed in to, searched and downloaded from', async () => {
    const { one } = await withService();
    await expectRefused(one, { password: 'no-such-word' });
    const found = await find(one, daysAgo(6, 2));
    expect([found.code, foundIn(found).length]).toEqual([0, 1]);
    const ended = await fetch(one, daysAgo(3, 3)).ended;
    const rows: unknown[] = parse(await read(onlyFile(ended)), { columns: true });
    expect(rows).not.toHaveLength(0);
    const none = await fetch(one, daysAgo(900, 900)).ended;
    expect(filesOf(none)).toMatchObject([{ outcome: 'failed', failure: 'no-data' }]);
    expectNoSecret(one, found, ended, none);
    expect(none.code).toBe(4);
  });

  it('begins anew with a file that Ctrl-C stopped', async () => {
    const asked: string[] = [];
    let stands = true;
    let pieces = 0;
    const { one } = await withService({
      bytesPerSecond: 2000,
      clock: {
        now: clock.now,
        // Nothing more comes after the first piece of the file.
        sleep: (_ms, gone) =>
          new Promise((resolve) => {
            const isFile = asked.at(-1) === 'download';
            if (isFile) pieces += 1;
            if (stands && isFile && pieces > 1) gone?.addEventListener('abort', () => resolve());
            else resolve();
          }),
      },
      change(call, answer) {
        asked.push(call.path.split('/').at(-1) ?? '');
        return answer;
      },
    });
    const { child, ended } = fetch(one, daysAgo(3, 3));
    await until(() => pieces > 1);
    child.kill('SIGINT');
    expectStopped(await ended);
    stands = false;
    const name = onlyFile(await fetch(one, daysAgo(3, 3)).ended);
    expect(await readdir(join(home, 'files'))).toEqual([name]);
    expect(asked.filter((path) => path === 'get_random').length).toBe(
      asked.filter((path) => path === 'download').length,
    );
  });
});
