import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { formatTime, formatTimeOfDay } from '../../../renderer/words/format-date.ts';
import { holdText } from '../../../renderer/words/hold-text.ts';
import { hoursText } from '../../../renderer/words/hours-text.ts';

const NOW = new Date(2026, 2, 17, 14, 0).getTime();
const evening = new Date(2026, 2, 17, 19, 0).getTime();

describe('hours', () => {
  it.each([
    ['08:00', '18:00', 'from 08:00 to 18:00'],
    ['19:00', '07:00', 'from 19:00 to 07:00 the next day'],
    ['00:00', '00:00', 'around the clock, because both times are the same'],
  ])('from %s to %s are explained', (from, to, text) => {
    expect(hoursText({ from, to }, 'en-GB')).toBe(text);
  });
});

describe('the words for a queue that is held back', () => {
  it('say between which times downloads run, and when they go on', () => {
    const words = holdText({ reason: 'hours', until: evening }, { from: '19:00', to: '07:00' }, NOW);
    expect(words.headline).toBe(
      `Downloads run between ${formatTimeOfDay('19:00')} and ${formatTimeOfDay('07:00')}.`,
    );
    expect(words.next).toBe(`They go on by themselves at ${formatTime(evening)}.`);
  });

  it('stand while the hours are not known yet', () => {
    expect(holdText({ reason: 'hours', until: evening }, null, NOW).headline).toMatch(/^Downloads wait/);
  });

  const unreachable = {
    reason: 'unreachable',
    accountKey: 'cisco-cca|acme-machine',
    accountName: 'acme-machine',
    failure: failure('host-not-found', 'getaddrinfo ENOTFOUND'),
    nextTryAt: NOW + 60_000,
  } as const;

  it('say when a service out of reach is tried again, and what to look at meanwhile', () => {
    const { headline, next } = holdText(unreachable, null, NOW);
    expect(headline).toBe('The service can’t be reached right now.');
    expect(next).toContain(`Next try at ${formatTime(NOW + 60_000)}.`);
    expect(next).toMatch(/online/);
    expect(`${headline}${next}`).not.toContain('ENOTFOUND');
  });

  it('say whose service it is where there are several accounts', () => {
    const { headline, next } = holdText(unreachable, null, NOW, 'acme-machine');
    expect(headline).toBe('The service of acme-machine can’t be reached right now.');
    expect(next).toMatch(/^Its downloads wait/);
  });

  it('say no time for a try that is due', () => {
    expect(holdText({ ...unreachable, nextTryAt: NOW }, null, NOW).next).not.toMatch(/\d/);
  });
});
