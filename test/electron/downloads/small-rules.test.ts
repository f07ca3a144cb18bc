/** Rules of a few lines each. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DownloadState, downloadStates } from '../../../electron/contract/download-state.ts';
import { createAlarm } from '../../../electron/downloads/alarm.ts';
import { diskFailure, errnoOf, recordsFailure } from '../../../electron/downloads/disk-failure.ts';
import { createSpeedMeter } from '../../../electron/downloads/speed-meter.ts';
import { decideRecovery, stateAtStart } from '../../../electron/downloads/startup-recovery.ts';
import { chooseTargetName, isPartName, partNameOf } from '../../../electron/downloads/target-name.ts';
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
    expect(['a.csv', 'a.csv.cdrpart'].map(isPartName)).toEqual([false, true]);
  });
});

const error = (code: string) => Object.assign(new Error(`${code}: /secret/path`), { code, syscall: 'open' });

describe('an error of the disk', () => {
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

describe('an error of the records', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'cdr-records-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  function errorOf(act: () => unknown): unknown {
    try {
      return act();
    } catch (error) {
      return error;
    }
  }

  function withRecords(path: string, readOnly: boolean, act: (records: DatabaseSync) => void): void {
    const records = new DatabaseSync(path, { readOnly });
    try {
      act(records);
    } finally {
      records.close();
    }
  }

  /** Writes more than there is room for. */
  const fill = (path: string) =>
    withRecords(path, false, (records) => {
      records.exec('CREATE TABLE notes (text TEXT); PRAGMA max_page_count = 3');
      records.prepare('INSERT INTO notes VALUES (?)').run('much '.repeat(10_000));
    });

  function writeToReadOnly(path: string): void {
    new DatabaseSync(path).close();
    withRecords(path, true, (records) => records.exec('CREATE TABLE notes (text TEXT)'));
  }

  it.each<[string, (path: string) => void, string | undefined]>([
    ['a full disk', fill, 'disk-full'],
    ['what may only be read', writeToReadOnly, 'no-permission'],
    ['a folder that is gone', (path) => new DatabaseSync(join(path, 'no', 'file')), 'disk-error'],
    [
      'a log that can not be made safe',
      () => {
        throw error('EIO');
      },
      'disk-error',
    ],
    ['a bug', () => new DatabaseSync(':memory:').exec('nonsense'), undefined],
    ['no error', () => 'fine', undefined],
  ])('that comes from %s is told as such', (_, act, code) => {
    const failed = recordsFailure(errorOf(() => act(join(home, 'records.sqlite'))));
    expect(failed?.code).toBe(code);
    expect(failed?.detail ?? '').not.toContain(home);
  });

  it('is known by its number, whatever step it happened in', () => {
    const IOERR_FSYNC = 10 | (4 << 8);
    const fsync = Object.assign(new Error('disk I/O error'), { errcode: IOERR_FSYNC });
    expect(recordsFailure(fsync)).toEqual({ code: 'disk-error', detail: 'records: SQLite error 1034' });
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
