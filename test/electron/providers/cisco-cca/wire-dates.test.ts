import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, isDay } from '../../../../electron/contract/calendar.ts';
import { readWireDay, readWireMonth, wireStamp } from '../../../../electron/demo/wire-format.ts';
import {
  dateInName,
  readStamp,
  toQueryDay,
  toQueryMonth,
  utcDay,
} from '../../../../electron/providers/cisco-cca/wire-dates.ts';

const day = fc.integer({ min: 0, max: 300_000 }).map((n) => addDays('1900-01-01', n));
const month = fc.integer({ min: 0, max: 9000 }).map((n) => addMonths('1900-01', n));

describe('query dates', () => {
  it('writes a day as MMDDYYYY', () => {
    expect(toQueryDay('2018-02-24')).toBe('02242018');
    expect(toQueryDay('2024-02-29')).toBe('02292024');
    expect(toQueryDay('2026-12-31')).toBe('12312026');
  });

  it('writes a month as MMYYYY', () => {
    expect(toQueryMonth('2018-02')).toBe('022018');
  });

  it('writes days that the service reads as the same day', () => {
    fc.assert(fc.property(day, (d) => void expect(readWireDay(toQueryDay(d))).toBe(d)));
  });

  it('writes months that the service reads as the same month', () => {
    fc.assert(fc.property(month, (m) => void expect(readWireMonth(toQueryMonth(m))).toBe(m)));
  });
});

describe('readStamp', () => {
  const at = (time: number, approximate = false) => ({ time, approximate });

  it.each([
    ['04/23/2019T00:00:00+0000', Date.UTC(2019, 3, 23)],
    ['04/23/2019T08:43:18+0000', Date.UTC(2019, 3, 23, 8, 43, 18)],
    ['4/2/2024T00:00:00+0000', Date.UTC(2024, 3, 2)],
    ['4/02/2024T7:05:09Z', Date.UTC(2024, 3, 2, 7, 5, 9)],
    ['04/23/2019T08:43:18.250+00:00', Date.UTC(2019, 3, 23, 8, 43, 18)],
    ['04/23/2019T08:43+0000', Date.UTC(2019, 3, 23, 8, 43)],
    ['04/23/2019T08:43:18', Date.UTC(2019, 3, 23, 8, 43, 18)],
    ['04/23/2019T01:00:00+0230', Date.UTC(2019, 3, 22, 22, 30)],
    ['04/23/2019T23:00:00-0200', Date.UTC(2019, 3, 24, 1)],
    ['02/29/2024T00:00:00+0000', Date.UTC(2024, 1, 29)],
    ['12-13-2018', Date.UTC(2018, 11, 13)],
    ['1-3-2018', Date.UTC(2018, 0, 3)],
    [' 04/23/2019 ', Date.UTC(2019, 3, 23)],
  ])('reads %j', (text, time) => expect(readStamp(text)).toEqual(at(time)));

  it('reads every stamp as the time that the service meant', () => {
    const time = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    fc.assert(fc.property(time, (t) => void expect(readStamp(wireStamp(t))).toEqual(at(t))));
  });

  it('takes the last of two years and calls the stamp approximate', () => {
    expect(readStamp('04/03/2019/2020T08:43:18+0000')).toEqual(at(Date.UTC(2020, 3, 3, 8, 43, 18), true));
  });

  it('reads the last day that there is', () => {
    expect(readStamp('12/31/2019/9999T00:00:00+0000')).toEqual(at(Date.UTC(9999, 11, 31), true));
  });

  it('takes the last day of February where the last year has no 29th', () => {
    expect(readStamp('02/29/2024/2025T00:00:00+0000')).toEqual(at(Date.UTC(2025, 1, 28), true));
  });

  it.each([
    '',
    'tomorrow',
    '13/01/2024T00:00:00+0000',
    '00/10/2024T00:00:00+0000',
    '02/30/2024T00:00:00+0000',
    '02/29/2023T00:00:00+0000',
    '13/45/2024/2025T00:00:00+0000',
    '04/23/2019T25:00:00+0000',
    '04/23/2019T08:61:00+0000',
    '04/23/19T00:00:00+0000',
    '04-23/2019',
    '2019-04-23T00:00:00Z',
    '04/23/2019T00:00:00+0000 and more',
    '12/31/9999T23:59:59-0100',
    '01/01/1000T00:00:00+0100',
    null,
    undefined,
    1_556_000_000_000,
    {},
  ])('reads %j as unknown', (value) => expect(readStamp(value)).toBeNull());

  it('answers to any text without throwing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d/T:+-]{0,30}$/), (text) => {
        const read = readStamp(text);
        expect(read === null || isDay(utcDay(read.time))).toBe(true);
      }),
    );
  });
});

describe('dateInName', () => {
  it.each([
    ['acme_CCA_SP_CDR_Daily_20240501.csv', '2024-05-01'],
    ['CCA_SP_CDR_Daily_20240229.zip', '2024-02-29'],
    ['Annuity_CCA_SP_Peak_Port_Usage_Site_Calendar_Monthly_202405.csv', '2024-05'],
    ['20240501', '2024-05-01'],
  ])('finds the date at the end of %s', (name, date) => expect(dateInName(name)).toBe(date));

  it.each([
    'report.csv',
    'a_20230229.csv',
    'a_202413.csv',
    'a_20240501_copy.csv',
    'a120240501.csv',
    'x20240501',
    '',
  ])('finds none in %j', (name) => expect(dateInName(name)).toBeNull());
});
