import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../../../electron/contract/calendar.ts';
import {
  dayTime,
  oddStamp,
  readWireDay,
  readWireMonth,
  wireMetadataDay,
  wireStamp,
} from '../../../electron/demo/wire-format.ts';

describe('wire formats', () => {
  it('reads every day back from MMDDYYYY', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (offset) => {
        const day = addDays('1900-01-01', offset);
        expect(readWireDay(day.slice(5, 7) + day.slice(8) + day.slice(0, 4))).toBe(day);
      }),
    );
  });

  it('reads every month back from MMYYYY', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (offset) => {
        const month = addMonths('1900-01', offset);
        expect(readWireMonth(month.slice(5) + month.slice(0, 4))).toBe(month);
      }),
    );
  });

  it.each(['', '2026-03-17', '13012026', '02302026', '3172026', '03172026Y', '20260317'])(
    'reads no day from %j',
    (text) => expect(readWireDay(text)).toBeNull(),
  );

  it.each(['', '2026-03', '132026', '00202', '202603'])('reads no month from %j', (text) =>
    expect(readWireMonth(text)).toBeNull(),
  );

  it('writes stamps, malformed stamps and metadata days as the service does', () => {
    const time = dayTime('2020-04-03', '08:43:18');
    expect(wireStamp(time)).toBe('04/03/2020T08:43:18+0000');
    expect(oddStamp(time)).toBe('04/03/2019/2020T08:43:18+0000');
    expect(wireMetadataDay('2018-12-13')).toBe('12-13-2018');
  });
});
