import { describe, expect, it } from 'vitest';
import {
  type DownloadState,
  downloadStates,
  isActive,
  isFinished,
  mayCancel,
  mayMove,
  mayPause,
  mayResume,
  mayRetry,
} from '../../../electron/contract/download-state.ts';

const those = (rule: (state: DownloadState) => boolean) => downloadStates.filter(rule);

describe('a download', () => {
  it('moves only as drawn', () => {
    const moves = downloadStates.map((from) => `${from} -> ${those((to) => mayMove(from, to)).join(' ')}`);
    expect(moves).toEqual([
      'waiting -> downloading verifying paused already-there failed cancelled',
      'downloading -> waiting verifying paused failed cancelled',
      'verifying -> waiting paused done failed cancelled',
      'paused -> waiting cancelled',
      'done -> ',
      'already-there -> ',
      'failed -> waiting cancelled',
      'cancelled -> waiting',
    ]);
  });

  it('can be paused while it is at work or waits for it', () => {
    expect(those(mayPause)).toEqual(['waiting', 'downloading', 'verifying']);
  });

  it('can be resumed when paused, and tried again when it failed or was cancelled', () => {
    expect(those(mayResume)).toEqual(['paused']);
    expect(those(mayRetry)).toEqual(['failed', 'cancelled']);
    for (const state of [...those(mayResume), ...those(mayRetry)])
      expect(mayMove(state, 'waiting')).toBe(true);
  });

  it('can be cancelled until it is done', () => {
    expect(those(mayCancel)).toEqual(['waiting', 'downloading', 'verifying', 'paused', 'failed']);
  });

  it('that is done, there already or cancelled is finished, and never active', () => {
    expect(those(isFinished)).toEqual(['done', 'already-there', 'cancelled']);
    expect(those(isActive)).toEqual(['waiting', 'downloading', 'verifying']);
  });
});
