/** Of refused sign-ins, counted over all programs on this computer. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Result } from '../../../../electron/contract/result.ts';
import { refusal } from '../../../../electron/demo/yeastar-s/pbx-answer.ts';
import { lockData } from '../../../../electron/lib/data-lock.ts';
import { createYeastarS, hostOf } from '../../../../electron/providers/yeastar-s/index.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';
import { cdr, errorOf } from '../../cli/cdr.ts';
import { patience, withPbx } from './pbx.ts';

const MINUTE = 60_000;

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-refused-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A PBX, and programs with one data folder that sign in to it; each call of `newProgram` starts another one. */
async function withPrograms(options: Parameters<typeof withPbx>[0] = {}) {
  const pbx = await withPbx(options);
  const folder = join(await tempFolder(), 'not', 'there', 'yet');
  function newProgram() {
    const provider = createYeastarS();
    return (password: string, serverAddress = pbx.service.address, signal = patience()) =>
      pbx.open({ password }, { provider, folder, serverAddress }).signIn(signal);
  }
  return { ...pbx, folder, newProgram };
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code);

/** Lets the time pass until it is done. */
async function done<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let isDone = false;
  const over = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return over;
}

describe('refused sign-ins', () => {
  it('are three at most where processes sign in at the same time', { timeout: 30_000 }, async () => {
    const { service, asked } = await withPbx();
    const dataFolder = await tempFolder();
    const common = ['find', '--system', 'yeastar-s', '--server', service.address, '--account', 'demo'];
    const more = [
      '--report',
      'cdr',
      '--from',
      '2026-03-02',
      '--to',
      '2026-03-02',
      '--secrets-stdin',
      '--json',
    ];
    const runs = ['a', 'b', 'c', 'd', 'e'].map((password) =>
      cdr([...common, ...more, '--data-dir', dataFolder], { input: JSON.stringify({ password }) }),
    );
    const errors = (await Promise.all(runs)).map(errorOf);
    expect(errors.sort()).toEqual([
      ...Array.from({ length: 2 }, () => 'sign-in-locked'),
      ...Array.from({ length: 3 }, () => 'sign-in-refused'),
    ]);
    expect(asked).toHaveLength(3);
  });

  it('of the same name and password are not sent a third time by another program either', async () => {
    const { newProgram, names } = await withPrograms();
    for (let tries = 0; tries < 3; tries += 1) {
      expect(codeOf(await newProgram()('wrong'))).toBe('sign-in-refused');
    }
    expect(names()).toEqual(['login', 'login']);
    expect(codeOf(await newProgram()('demo'))).toBe('ok');
  });

  it('are three at most in ten minutes, over all programs', async () => {
    const { newProgram, names, clock } = await withPrograms();
    for (const password of ['a', 'b', 'c']) {
      expect(codeOf(await newProgram()(password))).toBe('sign-in-refused');
      await clock.advance(MINUTE);
    }
    expect(await newProgram()('demo')).toMatchObject({
      failure: { code: 'sign-in-locked', retryAfterMs: 7 * MINUTE },
    });
    expect(names()).toHaveLength(3);
    await clock.advance(7 * MINUTE);
    expect(codeOf(await newProgram()('demo'))).toBe('ok');
  });

  it('are three at most where programs sign in at the same time', async () => {
    const { newProgram, names, clock } = await withPrograms();
    const tries = ['a', 'b', 'c', 'd', 'e', 'f'].map((password) => newProgram()(password));
    const codes = (await done(clock, Promise.all(tries))).map(codeOf);
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(3);
    expect(names()).toHaveLength(3);
  });

  it('that have locked this computer out are known to other programs', async () => {
    const { newProgram, names, clock } = await withPrograms({
      change: ({ count }, usual) => (count === 1 ? refusal(20_002) : usual),
    });
    expect(codeOf(await newProgram()('demo'))).toBe('sign-in-locked');
    await clock.advance(MINUTE);
    expect(await newProgram()('demo')).toMatchObject({
      failure: { code: 'sign-in-locked', retryAfterMs: 9 * MINUTE },
    });
    expect(names()).toHaveLength(1);
  });

  it('count for a computer however its address is written, and whatever the port', async () => {
    const { newProgram, names, service } = await withPrograms();
    const other = await withPbx();
    const { port } = new URL(service.address);
    const spelt = [service.address, `http://127.1:${port}`, `http://0x7f000001:${port}`];
    const signIn = newProgram();
    for (const [index, address] of spelt.entries()) {
      expect(codeOf(await signIn(`wrong ${index}`, address))).toBe('sign-in-refused');
    }
    for (const program of [signIn, newProgram()]) {
      expect(codeOf(await program('demo', other.service.address))).toBe('sign-in-locked');
    }
    expect([...names(), ...other.names()]).toHaveLength(3);
  });

  it.each([
    ['https://pbx.example:8088', 'pbx.example'],
    ['https://PBX.Example', 'pbx.example'],
    ['http://pbx.example.:80/', 'pbx.example'],
    ['https://[FE80::0:1]:8088', '[fe80::1]'],
  ])('of %s count for %s', (address, host) => {
    expect(hostOf(address)).toBe(host);
  });

  it('are kept without anything that would tell the password', async () => {
    const { newProgram, folder } = await withPrograms();
    await newProgram()('wrong');
    const kept = await readdir(folder, { recursive: true });
    const [file] = kept.filter((name) => name.endsWith('.json'));
    expect(JSON.parse(await readFile(join(folder, file ?? ''), 'utf8'))).toEqual({
      refused: [
        { id: expect.any(String), time: expect.any(Number), who: expect.stringMatching(/^[0-9a-f]{4}$/) },
      ],
      lockedAt: null,
    });
  });

  it('are forgotten after ten minutes', async () => {
    const { newProgram, folder, clock } = await withPrograms();
    await newProgram()('wrong');
    await clock.advance(10 * MINUTE);
    await newProgram()('demo');
    const [file] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
    expect(JSON.parse(await readFile(join(folder, file ?? ''), 'utf8'))).toEqual({
      refused: [],
      lockedAt: null,
    });
  });

  it('count for ten minutes more, and no longer, when the computer’s clock is set back', async () => {
    const { newProgram, clock } = await withPrograms();
    for (const password of ['a', 'b', 'c']) await newProgram()(password);
    clock.set(clock.now() - 600 * MINUTE);
    expect(await newProgram()('demo')).toMatchObject({
      failure: { code: 'sign-in-locked', retryAfterMs: 10 * MINUTE },
    });
    await clock.advance(10 * MINUTE);
    expect(codeOf(await newProgram()('demo'))).toBe('ok');
  });

  it('wait until another program has signed in, and leave at once when they are stopped', async () => {
    const { newProgram, folder, names, clock } = await withPrograms();
    await newProgram()('demo');
    const [place = ''] = await readdir(folder);
    const lock = lockData(join(folder, place));
    const stop = new AbortController();
    const stopped = newProgram()('demo', undefined, stop.signal);
    await clock.untilSleeping();
    stop.abort();
    expect(codeOf(await stopped)).toBe('cancelled');
    const waiting = newProgram()('demo');
    await clock.untilSleeping();
    expect(names()).toHaveLength(1);
    lock?.release();
    expect(codeOf(await done(clock, waiting))).toBe('ok');
    expect(names()).toHaveLength(2);
  });

  it('are counted by each program for itself where nothing can be kept', async () => {
    const { newProgram, folder, names } = await withPrograms();
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file in the place of the folder');
    const signIn = newProgram();
    for (let tries = 0; tries < 3; tries += 1) expect(codeOf(await signIn('wrong'))).toBe('sign-in-refused');
    expect(names()).toHaveLength(2);
  });

  it.each(['', 'no JSON', '[]', '{"refused":[{"time":"x"}],"lockedAt":"y"}'])(
    'begin anew where what was kept says nothing: %j',
    async (text) => {
      const { newProgram, folder, names } = await withPrograms();
      await newProgram()('wrong');
      const [file] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
      await writeFile(join(folder, file ?? ''), text);
      expect(codeOf(await newProgram()('demo'))).toBe('ok');
      expect(names()).toHaveLength(2);
    },
  );
});
