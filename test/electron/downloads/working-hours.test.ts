import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Hours } from '../../../electron/contract/settings.ts';
import { createHoursWatch } from '../../../electron/downloads/hours-watch.ts';
import { isWithin, nextChange } from '../../../electron/downloads/working-hours.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

// Summer time begins on 2026-03-29 at 02:00 and ends on 2026-10-25 at 03:00.
beforeEach(() => void vi.stubEnv('TZ', 'Europe/Berlin'));
afterEach(() => void vi.unstubAllEnvs());

const hours = (text: string): Hours => {
  const [from = '', to = ''] = text.split('-');
  return { from, to };
};
/** A time in the zone, with its offset where a clock on the wall would not be enough. */
const at = (text: string): number => new Date(text).getTime();

describe('being within the hours', () => {
  it.each([
    ['08:00-17:00', '07:59:59', false],
    ['08:00-17:00', '08:00:00', true],
    ['08:00-17:00', '16:59:59', true],
    ['08:00-17:00', '17:00:00', false],
    ['22:30-06:00', '22:29:59', false],
    ['22:30-06:00', '22:30:00', true],
    ['22:30-06:00', '00:00:00', true],
    ['22:30-06:00', '05:59:59', true],
    ['22:30-06:00', '06:00:00', false],
    ['00:00-00:00', '12:00:00', true],
    ['09:00-09:00', '08:59:59', true],
  ])('%s at %s: %s', (text, time, within) => {
    expect(isWithin(hours(text), at(`2026-06-15T${time}`))).toBe(within);
  });
});

describe('the next change', () => {
  it.each([
    ['is their beginning', '08:00-17:00', '2026-06-15T03:12:34', '2026-06-15T08:00'],
    ['is their end', '08:00-17:00', '2026-06-15T08:00', '2026-06-15T17:00'],
    ['may be tomorrow', '08:00-17:00', '2026-06-15T17:00', '2026-06-16T08:00'],
    ['may be after midnight', '22:00-06:00', '2026-06-15T23:00', '2026-06-16T06:00'],
    ['comes an hour earlier in a short night', '22:00-06:00', '2026-03-28T22:00+01:00', '2026-03-29T04:00Z'],
    ['comes an hour later in a long night', '22:00-06:00', '2026-10-24T22:00+02:00', '2026-10-25T05:00Z'],
    ['is when a time is skipped that they begin at', '02:30-05:00', '2026-03-29T00:00Z', '2026-03-29T01:00Z'],
    ['may skip a night', '02:10-02:50', '2026-03-28T12:00Z', '2026-03-30T00:10Z'],
    ['may come twice a night, first', '02:30-05:00', '2026-10-24T22:00Z', '2026-10-25T00:30Z'],
    ['may come twice a night, in between', '02:30-05:00', '2026-10-25T00:45Z', '2026-10-25T01:00Z'],
    ['may come twice a night, again', '02:30-05:00', '2026-10-25T01:15Z', '2026-10-25T01:30Z'],
  ])('%s: %s after %s', (_rule, text, from, to) => {
    const change = nextChange(hours(text), at(from));
    expect(change && new Date(change).toISOString()).toBe(new Date(to).toISOString());
  });

  it('never comes when they are the whole day', () => {
    expect(nextChange(hours('08:00-08:00'), at('2026-06-15T03:00'))).toBeNull();
  });
});

describe('the watch over the hours', () => {
  function createWatch(start: string, first: Hours | null) {
    const world = { set: first };
    const clock = createFakeClock(at(start));
    const told: string[] = [];
    const tell = (what: string) => () => told.push(what);
    const watch = createHoursWatch({
      clock,
      hours: () => world.set,
      onOpen: tell('open'),
      onClosed: tell('closed'),
    });
    watch.look();
    return { world, clock, watch, last: () => told.at(-1) };
  }

  it('tells their beginning and their end', async () => {
    const { clock, watch, last } = createWatch('2026-06-15T07:00', hours('08:00-17:00'));
    expect(last()).toBe('closed');
    expect(watch.closedUntil).toBe(at('2026-06-15T08:00'));
    await clock.advance(3_599_999);
    expect(last()).toBe('closed');
    await clock.advance(1);
    expect(last()).toBe('open');
    expect(watch.closedUntil).toBeNull();
    await clock.advance(9 * 3_600_000);
    expect(last()).toBe('closed');
    watch.close();
    expect(clock.sleeping).toBe(0);
  });

  it('follows what is set, and a clock that is set', async () => {
    const { world, clock, watch, last } = createWatch('2026-06-15T07:00', null);
    expect(last()).toBe('open');
    world.set = hours('08:00-17:00');
    watch.look();
    expect(last()).toBe('closed');
    clock.set(at('2026-06-15T12:00'));
    await clock.advance(60_000);
    expect(last()).toBe('open');
    world.set = null;
    watch.look();
    expect(watch.closedUntil).toBeNull();
    expect(clock.sleeping).toBe(0);
  });
});
