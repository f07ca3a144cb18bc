import { describe, expect, it } from 'vitest';
import { downloadNotes } from '../../../electron/contract/download.ts';
import { downloadStatus } from '../../../renderer/words/download-status.ts';
import {
  hasMoreToSay,
  insideText,
  needsAttention,
  noteFacts,
  shortNotes,
} from '../../../renderer/words/note-text.ts';
import { outcomeStatus } from '../../../renderer/words/outcome-text.ts';
import { aDownload, anEntry } from '../../fakes/fake-bridge.ts';

describe('the notes of a finished file', () => {
  it.each(downloadNotes)('are whole sentences among the facts: %s', (note) => {
    const [[name, fact] = ['', '']] = noteFacts([note]);
    expect(name).toBe('Note');
    expect(fact).toMatch(/^[A-Z].*\.$/);
  });

  it('are one fact with a line for each, and none where there are none', () => {
    const [[name, fact] = ['', '']] = noteFacts(['rows-are-legs', 'provisional']);
    expect(name).toBe('Notes');
    expect(fact.split('\n')).toHaveLength(2);
    expect(noteFacts([])).toEqual([]);
  });

  it('say what is in a file, with the times as they stand there', () => {
    const rows = { rows: 1204, first: '2026-10-01 00:00:03', last: '2026-10-03 23:59:58' };
    expect(noteFacts(['rows-are-legs', rows])).toEqual([
      ['Records', '1,204 rows, from 2026-10-01 00:00:03 to 2026-10-03 23:59:58'],
      ['Note', expect.any(String)],
    ]);
    expect(noteFacts([{ ...rows, rows: 1, first: null }])).toEqual([['Records', '1 row']]);
    expect(shortNotes([rows])).toBeNull();
  });

  it.each([
    ['2026-10-01 00:00:03', '2026-10-03 23:59:58', '1 Oct 2026 to 3 Oct 2026, 1,204 rows'],
    ['2026-10-01 00:00:03', '2026-10-01 23:59:58', '1 Oct 2026, 1,204 rows'],
    ['2026-02-31 00:00:03', null, '1,204 rows'],
    [null, null, '1,204 rows'],
  ])('say in a row of which days its records are, from %s to %s', (first, last, text) => {
    expect(insideText(['rows-are-legs', { rows: 1204, first, last }])).toBe(text);
    expect(insideText(['rows-are-legs'])).toBeNull();
  });

  it('have details where these say more than the row: also where that is only how many rows there are', () => {
    expect(hasMoreToSay([])).toBe(false);
    expect(hasMoreToSay(['no-checksum'])).toBe(false);
    expect(hasMoreToSay(['no-checksum', { rows: 1, first: null, last: null }])).toBe(true);
    expect(hasMoreToSay(['rows-are-legs'])).toBe(true);
  });

  it('say first which names are in no record, and ask for attention', () => {
    const one = { unseen: ['Depot Nroth'] };
    expect(shortNotes(['rows-are-legs', one])).toBe(
      'No record of “Depot Nroth” · Rows are call legs, not calls',
    );
    expect(noteFacts([one])).toEqual([
      ['Note', 'No record is of “Depot Nroth”. Check how the name is written.'],
    ]);
    expect(shortNotes([{ unseen: ['A', 'B'] }])).toBe('No record of 2 names asked for');
    expect(needsAttention([one])).toBe(true);
    expect(hasMoreToSay([one])).toBe(true);
  });

  it('stand in a row with the most important first', () => {
    expect(shortNotes(['rows-are-legs', 'provisional'])).toBe(
      'Provisional: records may still come · Rows are call legs, not calls',
    );
    expect(shortNotes(['no-checksum'])).toBeNull();
  });

  it('ask for attention when something may be missing, not for what is always so', () => {
    expect(downloadNotes.filter((note) => needsAttention([note])).sort()).toEqual([
      'list-may-be-incomplete',
      'maybe-incomplete',
      'provisional',
      'read-as-gb18030',
      'separate-files',
      'times-outside',
      'too-old-left-out',
    ]);
  });

  it('make room for themselves in the row, in the queue and in the history', () => {
    const notes = ['no-checksum', 'rows-are-legs'] as const;
    const expected = { label: 'Downloaded', detail: 'Rows are call legs, not calls', tone: 'good' };
    expect(downloadStatus(aDownload({ state: 'done', notes }), 0)).toEqual(expected);
    expect(outcomeStatus(anEntry({ outcome: 'unverified', notes }))).toEqual(expected);
  });

  it('stay beside what a later check found', () => {
    const at = new Date(2026, 2, 19, 9).getTime();
    const entry = anEntry({ notes: ['maybe-incomplete'], lastCheck: { at, result: 'same' } });
    expect(outcomeStatus(entry)).toEqual({
      label: 'Verified',
      detail: 'Unchanged on 19 Mar 2026 · May be incomplete',
      tone: 'attention',
    });
  });
});
