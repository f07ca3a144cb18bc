import { describe, expect, it } from 'vitest';
import type { EndedFile } from '../../../electron/cli/follow-files.ts';
import { countIn, emptyTally, hadNothing, isFine, tallyText } from '../../../electron/cli/tally.ts';

const file = (outcome: EndedFile['outcome'], failure: EndedFile['failure'] = null): EndedFile => ({
  file: 'a.zip',
  outcome,
  failure,
  path: null,
  attempts: 1,
  bytes: outcome === 'verified' ? 1000 : 0,
  notes: [],
});
const good = file('verified');
const empty = file('failed', 'no-data');
const tallyOf = (...files: readonly EndedFile[]) => files.reduce(countIn, emptyTally);

describe('how a command ends', () => {
  it('is good when everything came, and with days beside it for which the service has no records', () => {
    expect(isFine(tallyOf(good, good))).toBe(true);
    expect(isFine(tallyOf(good, empty))).toBe(true);
  });

  it('is not good with a file that failed for another reason, or was cancelled', () => {
    expect(isFine(tallyOf(good, empty, file('failed', 'not-found')))).toBe(false);
    expect(isFine(tallyOf(good, file('cancelled')))).toBe(false);
  });

  it('is that nothing was found when there are records for no file at all', () => {
    expect([hadNothing(tallyOf(empty, empty)), isFine(tallyOf(empty, empty))]).toEqual([true, false]);
    expect([hadNothing(tallyOf(good, empty)), hadNothing(tallyOf())]).toEqual([false, false]);
  });

  it('says how many files have no records, apart from those that failed', () => {
    const text = tallyText(tallyOf(good, empty, file('failed', 'not-found')), 0, 1000);
    expect(text).toMatch(/^1 verified, 1 failed, 1 without records;/);
  });
});
