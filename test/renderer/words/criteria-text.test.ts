import { describe, expect, it } from 'vitest';
import { criteriaText } from '../../../renderer/words/criteria-text.ts';

describe('the words for a remark on the criteria', () => {
  it('speak of days where days are asked for, and of months where months are', () => {
    const tooLong = { fieldId: 'period', code: 'too-long', limit: 31 } as const;
    expect(criteriaText(tooLong, 'days')).toMatch(/at most 31 days\.$/);
    expect(criteriaText({ ...tooLong, limit: 1 }, 'months')).toMatch(/at most 1 month\.$/);
    expect(criteriaText({ fieldId: 'period', code: 'not-a-date' }, 'months')).toMatch(/2026-03,/);
  });

  it('ask for a period or for a choice, as the field is', () => {
    expect(criteriaText({ fieldId: 'period', code: 'missing' }, 'days')).toMatch(/first and the last day/);
    expect(criteriaText({ fieldId: 'site', code: 'missing' }, 'lookup')).toMatch(/one of the list/);
  });

  it('count what is kept in days, also for months', () => {
    const remark = { fieldId: 'period', code: 'older-than-kept', limit: 365 } as const;
    expect(criteriaText(remark, 'months')).toMatch(/about 365 days/);
  });
});
