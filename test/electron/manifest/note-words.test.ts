import { describe, expect, it } from 'vitest';
import { downloadNotes } from '../../../electron/contract/download.ts';
import { noteLine } from '../../../electron/manifest/note-words.ts';

describe('the notes of a file in a manifest', () => {
  it('are one line, in the order in which they were made, and nothing where there are none', () => {
    expect(noteLine([])).toBe('');
    expect(noteLine(['rows-are-legs', { rows: 12, first: null, last: null }])).toBe(
      'a row is a leg of a call, not a call: one call may have several. 12 rows',
    );
  });

  it('have words for each of them', () => {
    for (const note of downloadNotes) expect(noteLine([note])).not.toBe('');
  });

  it('say what is in it, with the times as they stand there', () => {
    const rows = { rows: 1204, first: '2026-10-01 00:00:03', last: '2026-10-03 23:59:58' };
    expect(noteLine([rows])).toBe('1204 rows, from 2026-10-01 00:00:03 to 2026-10-03 23:59:58');
  });

  it('name what is in no record', () => {
    expect(noteLine([{ unseen: ['A, B', 'C'] }])).toBe(
      'no record is of "A, B", "C"; check how the names are written',
    );
  });
});
