/** Rules of a few lines each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DownloadState, downloadStates } from '../../../electron/contract/download-state.ts';
import { createAccountPace } from '../../../electron/downloads/account-pace.ts';
import { createAlarm } from '../../../electron/downloads/alarm.ts';
import { diskFailure, errnoOf } from '../../../electron/downloads/disk-failure.ts';
import { createSpeedMeter } from '../../../electron/downloads/speed-meter.ts';
import { decideRecovery, stateAtStart } from '../../../electron/downloads/startup-recovery.ts';
import { chooseTargetName, partNameOf } from '../../../electron/downloads/target-name.ts';
import { checkBeginning } from '../../../electron/downloads/verify-file.ts';
import { foldText } from '../../../electron/lib/fold-text.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

describe('the state at the start', () => {
  const changed: Partial<Record<DownloadState, DownloadState>> = {
    downloading: 'waiting',
    verifying: 'waiting',
  };
  it.each(downloadStates)('of what was %s', (state) => {
    expect(stateAtStart(state)).toBe(changed[state] ?? state);
  });
});

describe('recovering', () => {
  it.each([
    [{ finalIsOurs: true, received: 10, partSize: 10 }, 'finish'],
    [{ finalIsOurs: true, received: 10, partSize: null }, 'finish'],
    [{ finalIsOurs: false, received: 10, partSize: 10 }, 'continue'],
    [{ finalIsOurs: false, received: 10, partSize: 12 }, 'continue'],
    [{ finalIsOurs: false, received: 10, partSize: 9 }, 'start-over'],
    [{ finalIsOurs: false, received: 10, partSize: null }, 'start-over'],
    [{ finalIsOurs: false, received: 0, partSize: 9 }, 'start-over'],
  ])('%j is %s', (onDisk, act) => {
    expect(decideRecovery(onDisk)).toBe(act);
  });
});

describe('the final name', () => {
  const choose = (wanted: string, ...taken: string[]) => {
    const folded = new Set(taken.map(foldText));
    return chooseTargetName(wanted, (name) => folded.has(name));
  };

  it.each([
    ['a.csv', [], 'a.csv'],
    ['a.csv', ['b.csv'], 'a.csv'],
    ['a.csv', ['a.csv'], 'a (2).csv'],
    ['a.csv', ['A.CSV', 'A (2).csv'], 'a (3).csv'],
    ['é.csv', ['e\u0301.csv'], 'é (2).csv'],
    ['a', ['a'], 'a (2)'],
    ['.hidden', ['.hidden'], '.hidden (2)'],
    ['a.tar.gz', ['a.tar.gz'], 'a.tar (2).gz'],
  ])('for %s with %j there', (wanted, taken, name) => {
    expect(choose(wanted, ...taken)).toBe(name);
  });

  it('is never one that is taken', () => {
    const name = fc.constantFrom('a.csv', 'A.csv', 'a (2).csv', 'A (3).CSV', 'b');
    fc.assert(
      fc.property(name, fc.array(name), (wanted, taken) => {
        const chosen = foldText(choose(wanted, ...taken));
        return !taken.map(foldText).includes(chosen);
      }),
    );
  });

  it('has a part beside it', () => {
    expect(partNameOf('a.csv')).toBe('a.csv.cdrpart');
  });
});

describe('an error of the disk', () => {
  const error = (code: string) =>
    Object.assign(new Error(`${code}: /secret/path`), { code, syscall: 'open' });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'no-permission'],
    ['EPERM', 'no-permission'],
    ['EROFS', 'no-permission'],
    ['ENOENT', 'folder-missing'],
    ['ENOTDIR', 'folder-missing'],
    ['EBUSY', 'file-busy'],
    ['EIO', 'disk-error'],
  ])('%s is %s, and tells no path', (code, meaning) => {
    expect(diskFailure(error(code))).toEqual({ code: meaning, detail: code });
  });

  it('is not every error', () => {
    const bug = new TypeError('bug');
    expect(errnoOf(bug)).toBeNull();
    expect(() => diskFailure(bug)).toThrow(bug);
  });
});

describe('the beginning of a body', () => {
  it.each([
    ['zip', 'PK\u0003\u0004', null],
    ['zip', '<html>', 'not-a-file'],
    ['zip', 'P', 'not-a-file'],
    ['text', 'day,minutes\n2026-03-01,5', null],
    ['text', '\uFEFFday|minutes', null],
    ['text', '<5,minutes', null],
    ['text', '[day],minutes', null],
    ['text', '', null],
    ['text', ' \n<!DOCTYPE html>', 'not-a-file'],
    ['text', '\uFEFF<HTML lang="en">', 'not-a-file'],
    ['text', '<?xml version="1.0"?>', 'not-a-file'],
    ['text', '{"error":"no"}', 'not-a-file'],
    ['text', '{ }', 'not-a-file'],
    ['text', '[{"a":1}]', 'not-a-file'],
  ] as const)('of a %s: %j', (content, text, code) => {
    expect(checkBeginning(content, Buffer.from(text))?.code ?? null).toBe(code);
  });
});

describe('the speed', () => {
  it('is the average over the last three seconds', () => {
    const meter = createSpeedMeter(0, 0);
    expect(meter.at(1000, 1000)).toBe(1000);
    expect(meter.at(2000, 4000)).toBe(2000);
    expect(meter.at(5000, 7000)).toBe(1000);
    expect(meter.at(8000, 7000)).toBe(0);
  });

  it('is none at the beginning, and after time or bytes went back', () => {
    const meter = createSpeedMeter(1000, 500);
    expect(meter.at(1000, 800)).toBe(0);
    expect(meter.at(500, 900)).toBe(0);
    expect(meter.at(1500, 100)).toBe(0);
    expect(meter.at(2500, 200)).toBe(100);
  });
});

describe('the pace of an account', () => {
  it('is halved once for all requests that were under way, and stays so', async () => {
    const clock = createFakeClock();
    const pace = createAccountPace(clock);
    expect(pace.limit('a', 6)).toBe(6);
    const begunAt = clock.now();
    await clock.advance(10);
    pace.slowDown('a', { begunAt, running: 6, waitMs: 5000 });
    pace.slowDown('a', { begunAt, running: 5, waitMs: 9000 });
    expect(pace.limit('a', 6)).toBe(3);
    expect(pace.limit('b', 6)).toBe(6);
    expect(pace.restsUntil('a')).toBe(clock.now() + 9000);
    await clock.advance(20_000);
    pace.slowDown('a', { begunAt: clock.now(), running: 3, waitMs: 0 });
    pace.slowDown('a', { begunAt: clock.now() + 1, running: 1, waitMs: 0 });
    expect(pace.limit('a', 6)).toBe(1);
  });
});

describe('the rest of an account', () => {
  it('does not last longer because the clock was set back', () => {
    const clock = createFakeClock();
    const pace = createAccountPace(clock);
    pace.slowDown('a', { begunAt: clock.now(), running: 2, waitMs: 60_000 });
    clock.set(clock.now() - 86_400_000);
    expect(pace.restsUntil('a')).toBe(0);
  });
});

describe('an alarm', () => {
  it('rings at its time, and not at the time it had before', async () => {
    const clock = createFakeClock();
    const rings: number[] = [];
    const start = clock.now();
    const alarm = createAlarm(clock, () => rings.push(clock.now() - start));
    alarm.setFor(start + 1000);
    alarm.setFor(start + 3000);
    await clock.advance(10_000);
    expect(rings).toEqual([3000]);
    alarm.setFor(start + 20_000);
    alarm.setFor(null);
    await clock.advance(60_000);
    expect(rings).toEqual([3000]);
  });
});
