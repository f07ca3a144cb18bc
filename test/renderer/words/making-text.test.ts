import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { downloadStatus } from '../../../renderer/words/download-status.ts';
import {
  making,
  makingMsLeft,
  makingPercent,
  makingText,
  partsText,
} from '../../../renderer/words/making-text.ts';
import { aDownload } from '../../fakes/fake-bridge.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 2, 17, 12);

const beingMade = (done: number, total: number, msLeft: number | null) =>
  failure('being-made', 'slice 15 of 60', { retryAfterMs: MINUTE, progress: { done, total, msLeft } });

const row = (more: Parameters<typeof aDownload>[0] = {}) =>
  aDownload({ failure: beingMade(14, 60, 50 * MINUTE), nextTryAt: NOW + MINUTE, size: null, ...more });

describe('a file that is being made', () => {
  it('says how long it takes beside its progress, and is no error', () => {
    const status = downloadStatus(row(), NOW);
    expect(status).toEqual({
      label: 'Being made',
      detail: 'about 50 minutes left',
      tone: 'busy',
    });
  });

  it('never says when it is tried next: it goes on by itself', () => {
    for (const nextTryAt of [NOW + MINUTE, NOW - 1, null]) {
      expect(downloadStatus(row({ nextTryAt }), NOW).detail).not.toMatch(/try/i);
    }
  });

  it('says as much as is known', () => {
    expect(makingText(beingMade(2, 4, null))).toBe('2 of 4 parts');
    expect(makingText(beingMade(14, 60, 50 * MINUTE))).toBe('14 of 60 parts, about 50 minutes left');
    expect(makingText(beingMade(0, 1, 3 * MINUTE))).toBe('about 3 minutes left');
    expect(makingText(failure('being-made', ''))).toBeNull();
    expect(partsText(beingMade(0, 1, null))).toBeNull();
  });

  it('has steps where they are no parts of the file', () => {
    const progress = { done: 1, total: 2, msLeft: null, unit: 'step' } as const;
    expect(partsText(failure('being-made', '', { progress }))).toBe('1 of 2 steps');
  });

  it('waits for its turn while others are made first, for nobody knows how long', () => {
    const why = failure('being-made', '', { progress: { done: 0, total: 4, msLeft: MINUTE, waits: true } });
    expect(downloadStatus(row({ failure: why }), NOW)).toEqual({
      label: 'Waiting',
      detail: 'for its turn',
      tone: 'neutral',
    });
    expect(makingText(why)).toBe('0 of 4 parts');
    expect(makingMsLeft(why)).toBeNull();
  });

  it('shows a bar of its parts, where there are parts to count', () => {
    expect(makingPercent(beingMade(15, 60, null))).toBe(25);
    expect(makingPercent(beingMade(60, 60, 0))).toBe(100);
    expect(makingPercent(beingMade(0, 1, null))).toBeNull();
    expect(makingPercent(failure('being-made', ''))).toBeNull();
  });

  it('waits like any other while nobody is signed in with its account, or when it is paused', () => {
    expect(making(row({ needsSignIn: true }))).toBeNull();
    expect(downloadStatus(row({ needsSignIn: true }), NOW).detail).toMatch(/for a sign-in/);
    expect(making(row({ state: 'paused' }))).toBeNull();
    expect(making(aDownload({ failure: failure('timed-out', '') }))).toBeNull();
  });
});
