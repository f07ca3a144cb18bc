import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { downloadStatus } from '../../../renderer/words/download-status.ts';
import { formatTime } from '../../../renderer/words/format-date.ts';
import { outcomeStatus } from '../../../renderer/words/outcome-text.ts';
import { aDownload, anEntry } from '../../fakes/fake-bridge.ts';

const NOW = Date.UTC(2026, 2, 17, 12);
const label = (more: Parameters<typeof aDownload>[0]) => downloadStatus(aDownload(more), NOW).label;

describe('the status of a download', () => {
  it('is one of the agreed words', () => {
    expect(label({ state: 'waiting' })).toBe('Waiting');
    expect(label({ state: 'downloading' })).toBe('Downloading');
    expect(label({ state: 'verifying' })).toBe('Verifying');
    expect(label({ state: 'paused' })).toBe('Paused');
    expect(label({ state: 'done' })).toBe('Verified');
    expect(label({ state: 'already-there' })).toBe('Already there');
    expect(label({ state: 'cancelled' })).toBe('Cancelled');
  });

  it('says why it failed', () => {
    expect(label({ state: 'failed', failure: failure('wrong-checksum', '') })).toBe(
      'Failed: the checksum does not match',
    );
  });

  it('does not claim that a file was verified which had no checksum', () => {
    expect(label({ state: 'done', notes: ['no-checksum'] })).toBe('Downloaded (no checksum to verify)');
  });

  it('asks for attention when the list inside a file may be incomplete', () => {
    const status = downloadStatus(aDownload({ state: 'done', notes: ['list-may-be-incomplete'] }), NOW);
    expect(status.tone).toBe('attention');
    expect(status.detail).toMatch(/incomplete/);
  });

  it('says when a waiting file is tried next, and why it waits', () => {
    const nextTryAt = NOW + 600_000;
    const status = downloadStatus(aDownload({ nextTryAt, failure: failure('not-ready', '') }), NOW);
    expect(status.label).toBe('Waiting');
    expect(status.detail).toBe(
      `Next try at ${formatTime(nextTryAt)}: the service is still preparing the report`,
    );
  });

  it('says no time for a next try that is due', () => {
    expect(downloadStatus(aDownload({ nextTryAt: NOW - 1 }), NOW).detail).toBeNull();
    const status = downloadStatus(
      aDownload({ nextTryAt: NOW - 1, failure: failure('too-many-connections', '') }),
      NOW,
    );
    expect(status.detail).toBe('Next try soon: too many connections at once');
  });

  it('names the account that a waiting file needs', () => {
    const status = downloadStatus(aDownload({ needsSignIn: true, accountName: 'other' }), NOW);
    expect([status.label, status.detail]).toEqual(['Waiting', 'for a sign-in as other']);
  });

  it('names it by its system too, where its name alone would be taken for another one', () => {
    const named = 'demo (Yeastar S-Series)';
    const { detail } = downloadStatus(aDownload({ needsSignIn: true, accountName: 'demo' }), NOW, named);
    expect(detail).toBe('for a sign-in as demo (Yeastar S-Series)');
  });
});

describe('the outcome in the history', () => {
  it('says why a download failed', () => {
    expect(outcomeStatus(anEntry({ outcome: 'failed', failureCode: 'disk-full' })).label).toBe(
      'Failed: the disk is full',
    );
  });

  it('adds what a later check found, and turns bad when the file was changed', () => {
    const at = new Date(2026, 2, 19, 9).getTime();
    const changed = outcomeStatus(anEntry({ lastCheck: { at, result: 'changed' } }));
    expect(changed).toEqual({ label: 'Verified', detail: 'Found changed on 19 Mar 2026', tone: 'bad' });
    const same = outcomeStatus(anEntry({ lastCheck: { at, result: 'same' } }));
    expect(same).toEqual({ label: 'Verified', detail: 'Unchanged on 19 Mar 2026', tone: 'good' });
  });
});
