import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import { shownHold } from '../../../../renderer/features/downloads/use-steady-hold.ts';
import { aDownload, totalsOf } from '../../../fakes/fake-bridge.ts';

const unreachable = {
  reason: 'unreachable',
  accountKey: 'cisco-cca|acme-machine',
  accountName: 'acme-machine',
  failure: failure('timed-out', ''),
  nextTryAt: 1000,
} as const;
const hours = { reason: 'hours', until: 1000 } as const;
const trying = totalsOf([aDownload({ state: 'downloading' })]);

describe('the hold that is shown', () => {
  it('is the one that there is', () => {
    expect(shownHold(hours, unreachable, trying)).toBe(hours);
    expect(shownHold(null, null, trying)).toBeNull();
  });

  it('stays while a service that was out of reach is tried, as one whose next try is due', () => {
    expect(shownHold(null, unreachable, trying)).toEqual({ ...unreachable, nextTryAt: 0 });
  });

  it('goes as soon as bytes come', () => {
    const running = totalsOf([aDownload({ state: 'downloading', speed: 1 })]);
    expect(shownHold(null, unreachable, running)).toBeNull();
  });

  it('goes when nothing is left to start', () => {
    expect(shownHold(null, unreachable, totalsOf([aDownload({ state: 'paused' })]))).toBeNull();
  });

  it('goes with the hours that it was for', () => {
    expect(shownHold(null, hours, trying)).toBeNull();
  });
});
