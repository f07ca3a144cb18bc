import { describe, expect, it } from 'vitest';
import {
  billFileName,
  dayToTry,
  isBillFileName,
  readResponseId,
} from '../../../../electron/providers/huawei-cec/bill-file-name.ts';
import { createTimeZone } from '../../../../electron/providers/time-zone.ts';

const daysTried = (zoneName: string, askedAt: number) => {
  const zone = createTimeZone(zoneName);
  return zone && Array.from({ length: 7 }, (_, polls) => dayToTry(askedAt, polls, zone));
};

describe('the name of a file', () => {
  it('is the day and the response id without hyphens', () => {
    const id = readResponseId(' 9239cb50-a838-4bb0-ab50-3441bf089446 ');
    expect(billFileName('2018-07-02', id ?? '')).toBe('20180702_9239cb50a8384bb0ab503441bf089446.zip');
  });

  it('takes ids of another length and case as they are', () => {
    expect(readResponseId('9239CB50a8384bb0ab503441bf08944')).toBe('9239CB50a8384bb0ab503441bf08944');
  });

  it.each(['', '  ', '../../etc', 'ab_cd', 'a'.repeat(37)])(
    'takes no id that would make no name: %j',
    (id) => {
      expect(readResponseId(id)).toBeNull();
    },
  );

  it.each([
    ['20240501_0123456789abcdef0123456789abcdef.zip', true],
    ['20240229_a.zip', true],
    ['20230229_a.zip', false],
    [`20240501_${'a'.repeat(36)}.zip`, true],
    [`20240501_${'a'.repeat(37)}.zip`, false],
    ['20240501_01-23.zip', false],
    ['x20240501_01.zip', false],
    ['20240501_01.zip\n', false],
  ])('%j is one: %s', (name, is) => {
    expect(isBillFileName(name)).toBe(is);
  });
});

describe('the day to look for', () => {
  it('is the tenant’s twice, then in turn UTC’s, the one before, the one after, the tenant’s', () => {
    // 20:00 UTC on the 14th is the 15th in Shanghai.
    expect(daysTried('Asia/Shanghai', Date.UTC(2026, 2, 14, 20))).toEqual([
      '2026-03-15',
      '2026-03-15',
      '2026-03-14',
      '2026-03-16',
      '2026-03-15',
      '2026-03-14',
      '2026-03-16',
    ]);
    // 02:00 UTC on the 15th is the 14th in New York.
    expect(daysTried('America/New_York', Date.UTC(2026, 2, 15, 2))?.slice(0, 5)).toEqual([
      '2026-03-14',
      '2026-03-14',
      '2026-03-15',
      '2026-03-13',
      '2026-03-14',
    ]);
  });
});
