import { describe, expect, it } from 'vitest';
import { addCounts, countsOf, summaryLine } from '../../build/test-counts.ts';

describe('the last line of a test run', () => {
  it('counts over all runs', () => {
    const unit = countsOf({ numPassedTests: 400, numFailedTests: 1 });
    const flows = countsOf({ numPassedTests: 12, numFailedTests: 2 });
    expect(summaryLine(addCounts(unit, flows))).toBe('412 passed, 3 failed');
  });

  it('names skipped and planned tests only when there are any', () => {
    const counts = countsOf({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 });
    expect(summaryLine(counts)).toBe('5 passed, 0 failed, 3 skipped');
    expect(summaryLine(countsOf({ numPassedTests: 5 }))).toBe('5 passed, 0 failed');
  });
});
