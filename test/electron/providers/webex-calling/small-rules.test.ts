import { describe, expect, it } from 'vitest';
import {
  explainRefusal,
  readSaid,
  saysNoRecords,
  saysTooLong,
  saysTooOld,
} from '../../../../electron/providers/webex-calling/explain-answer.ts';
import { nextLink } from '../../../../electron/providers/webex-calling/next-link.ts';
import { createPace, serviceSpacing } from '../../../../electron/providers/webex-calling/pace.ts';
import { readTime } from '../../../../electron/providers/webex-calling/record.ts';
import {
  guardOf,
  originIn,
  regionOf,
  startingOrigin,
} from '../../../../electron/providers/webex-calling/regions.ts';
import { createServerTime } from '../../../../electron/providers/webex-calling/server-time.ts';
import { createIsWanted } from '../../../../electron/providers/webex-calling/wanted-records.ts';

describe('the link to the next page', () => {
  const url = 'https://analytics-calling.webexapis.com/v1/cdr_feed?endTime=2024-05-01T10:00:00.000Z&max=5000';
  it.each([
    ['as the service writes it', `<<${url}>;rel="next">`],
    ['as the standard has it', `<${url}>; rel="next"`],
    ['without quotes', `<${url}>;rel=next`],
    ['without brackets', `${url};rel="next"`],
    ['behind another link', `<https://a.webexapis.com/first>; rel="first", <${url}>; rel="next"`],
    ['before another link', `<<${url}>;rel="next">, <https://a.webexapis.com/last>;rel="last"`],
    ['with single quotes', `<${url}>; rel='next'`],
    ['with several relations', `<${url}>; title="x"; rel="last NEXT"`],
  ])('is found %s', (_, header) => {
    expect(nextLink(header)).toBe(url);
  });

  it.each([
    'rel="next"',
    `<${url}&locations=Depot North,Head office>; rel="next"`,
    '</v1/cdr_feed?max=5000>; rel="next"',
  ])('is never taken for missing where it can’t be read: %j', (header) => {
    expect(nextLink(header)).toBe('unreadable');
  });

  it.each([undefined, '', `<<${url}>;rel="prev">`, `<${url}>`])('is missing in %j', (header) => {
    expect(nextLink(header)).toBeNull();
  });
});

describe('regions', () => {
  it.each([
    ['auto', 'https://analytics-calling.webexapis.com'],
    ['', 'https://analytics-calling.webexapis.com'],
    ['eu', 'https://analytics-calling-eu.webexapis.com'],
    ['in', 'https://analytics-calling-in.webexapis.com'],
    ['au', 'https://analytics-calling-au.webexapis.com'],
    ['gov', 'https://analytics-calling-gov.webexapis.com'],
    ['analytics-calling-br.webexapis.com', 'https://analytics-calling-br.webexapis.com'],
    ['example.com', 'https://analytics-calling.webexapis.com'],
  ])('%j lies at %s', (region, origin) => {
    expect(startingOrigin('https://analytics-calling.webexapis.com', region)).toBe(origin);
  });

  it('give way to an address that was typed, unless it has led there', () => {
    const typed = 'https://analytics-f.webex.com';
    expect(startingOrigin(typed, 'eu')).toBe(typed);
    expect(startingOrigin(typed, 'eu', 'https://analytics.webexapis.com')).toBe(typed);
    expect(startingOrigin(typed, 'eu', typed)).toBe('https://analytics-calling-eu.webexapis.com');
    expect(startingOrigin(typed, '', typed)).toBe(typed);
  });

  const here = 'https://analytics-calling.webexapis.com';
  it.each([
    ['Please use analytics-calling-eu.webexapis.com', 'https://analytics-calling-eu.webexapis.com'],
    [
      'Wrong region. URL: https://Analytics-Calling-IN.webexapis.com/v1',
      'https://analytics-calling-in.webexapis.com',
    ],
    ['See example.com, then x.webexapis.com or y.webexapis.com.', 'https://x.webexapis.com'],
    ['Please use evil.example.com', null],
    ['Please use analytics.webexapis.com.example.com', null],
    ['Please use evilwebexapis.com', null],
    ['Please use 127.0.0.1:8080', null],
    ['', null],
  ])('a 451 that says %j leads to %s', (text, origin) => {
    expect(originIn(text, here)).toBe(origin);
  });

  it('are kept by their option where there is one, else by their host', () => {
    expect(regionOf('https://analytics-calling-eu.webexapis.com')).toBe('eu');
    expect(regionOf('https://analytics-calling-br.webexapis.com')).toBe('analytics-calling-br.webexapis.com');
  });

  it('never have the token elsewhere', () => {
    const trusts = guardOf(here);
    expect(trusts(new URL('https://analytics-calling-eu.webexapis.com/v1'))).toBe(true);
    for (const url of [
      'http://analytics-calling.webexapis.com',
      'https://webexapis.com.example.com',
      'https://x.webex.com',
    ]) {
      expect(trusts(new URL(url))).toBe(false);
    }
  });
});

describe('refusals', () => {
  const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return explainRefusal({ status, headers, text }, readSaid(text), 'the-token', 0);
  };

  it.each([
    [400, 'bad-request'],
    [401, 'access-lost'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [405, 'service-refused'],
    [409, 'service-refused'],
    [410, 'service-refused'],
    [415, 'service-refused'],
    [423, 'service-down'],
    [428, 'service-refused'],
    [429, 'too-many-connections'],
    [451, 'service-refused'],
    [500, 'service-down'],
    [502, 'service-down'],
    [503, 'service-down'],
    [504, 'service-down'],
    [302, 'unexpected-status'],
  ])('%i is %s', (status, code) => {
    expect(answer(status)).toMatchObject({ code, status });
  });

  it('keep the tracking id, whatever else is missing', () => {
    expect(answer(500, { trackingId: 'T_1-a.b' }).detail).toBe('records: HTTP 500, tracking id T_1-a.b');
    expect(answer(500, { trackingId: 'a b <script>' }).detail).toBe('records: HTTP 500');
    expect(answer(500, 'no json').detail).toBe('records: HTTP 500');
    expect(answer(400, { errors: [{ description: 'why' }, 7] }).detail).toBe('records: HTTP 400: why');
  });

  it('never repeat the token, nor a query', () => {
    const said = 'bad: the-token in https://a.webexapis.com/v1/cdr_feed?x=secret, Bearer abc.def';
    const { detail } = answer(400, { message: said });
    expect(detail).not.toMatch(/the-token|secret|abc\.def/);
  });

  it('carry how long to wait', () => {
    expect(answer(429, {}, { 'retry-after': '17' }).retryAfterMs).toBe(17_000);
    expect(answer(423).retryAfterMs).toBe(60_000);
  });

  const said = (words: string) => ({ words, trackingId: '' });
  it('tell what is empty from what is not there', () => {
    expect(saysNoRecords(404, said('No CDRs for requested time range and filters'))).toBe(true);
    expect(saysNoRecords(404, said('Not found'))).toBe(false);
    expect(saysNoRecords(400, said('No CDRs for requested time range and filters'))).toBe(false);
  });

  it.each([
    ['startTime must not be older than 48 hours', true, false],
    ['Start time can be at most 48 hours ago', true, false],
    ['The window between startTime and endTime must not exceed 12 hours', false, true],
    ['time range is limited to a maximum of 6 hours', false, true],
    ['startTime has a wrong format', false, false],
    ['unknown location', false, false],
    ['The range must lie within the last 30 days and be at most 12 hours', true, true],
  ])('%j: too old %s, too long %s', (words, isTooOld, isTooLong) => {
    expect([saysTooOld(said(words)), saysTooLong(said(words))]).toEqual([isTooOld, isTooLong]);
  });
});

describe('the pace', () => {
  const evening = Date.UTC(2026, 2, 15, 20);
  function paced(start = evening) {
    let now = start;
    const pace = createPace(serviceSpacing, () => now);
    return {
      pace,
      pass: (ms: number) => {
        now += ms;
      },
    };
  }

  it('is one first request in 65 seconds', () => {
    const { pace, pass } = paced();
    expect(pace.waitMs()).toBe(0);
    pace.asked();
    expect(pace.waitMs()).toBe(65_000);
    pass(64_999);
    expect(pace.waitMs()).toBe(1);
    pass(1);
    expect(pace.waitMs()).toBe(0);
  });

  it('is one in 305 seconds from the first 429 to the end of the day', () => {
    const { pace, pass } = paced();
    pace.asked();
    expect(pace.refused(10_000)).toBe(11_000);
    expect(pace.waitMs()).toBe(305_000);
    pass(4 * 3_600_000 - 1);
    expect(pace.spacingMs()).toBe(305_000);
    pass(1);
    expect(pace.spacingMs()).toBe(65_000);
  });

  it('waits as long as the service asks, else a minute, then five', () => {
    const { pace } = paced();
    expect(pace.refused(undefined)).toBe(60_000);
    expect(pace.refused(undefined)).toBe(300_000);
    expect(pace.refused(400_000)).toBe(401_000);
    expect(pace.waitMs()).toBe(401_000);
    pace.answered();
    expect(pace.refused(undefined)).toBe(60_000);
  });

  it('waits after a restart as long as the service has asked, were it hours', () => {
    const { pace } = paced();
    pace.refused(2 * 3_600_000);
    const next = paced(evening + 1000);
    next.pace.restore(pace.state());
    expect(next.pace.waitMs()).toBe(2 * 3_600_000);
  });

  it('goes on after a restart, and does not wait for ever when the clock was set back', () => {
    const { pace } = paced();
    pace.asked();
    const next = paced(evening + 5000);
    next.pace.restore(pace.state());
    expect(next.pace.waitMs()).toBe(60_000);
    const earlier = paced(evening - 5 * 86_400_000);
    earlier.pace.restore(pace.state());
    expect(earlier.pace.waitMs()).toBe(65_000);
    earlier.pass(60_000);
    expect(earlier.pace.waitMs()).toBe(5000);
  });
});

describe("the service's time", () => {
  it('counts where this computer is off by more than a minute', () => {
    const time = createServerTime({ now: () => 1_000_000_000 });
    expect(time.now()).toBe(1_000_000_000);
    time.heard(new Date(1_000_061_000).toUTCString());
    expect(time.now()).toBe(1_000_061_000);
    time.heard(new Date(1_000_059_000).toUTCString());
    expect(time.now()).toBe(1_000_000_000);
    time.heard('no date');
    time.heard(undefined);
    expect(time.now()).toBe(1_000_000_000);
  });
});

describe('times of records', () => {
  const at = Date.UTC(2023, 9, 12, 21, 22, 32, 621);
  it.each([
    '2023-10-12T21:22:32.621Z',
    '2023-10-12 21:22:32.621',
    '2023-10-12T21:22:32.621',
    '2023-10-12T23:22:32.621+0200',
    ' 2023-10-12T16:22:32.621-05:00 ',
    '2023-10-12 21:22:32.621z',
  ])('%j is read as UTC', (text) => {
    expect(readTime(text)).toBe(at);
  });

  it.each(['', 'NA', 'na', '2023-10-12', '2023-13-45T21:22:32.621Z', 'yesterday, a 24 letterZ'])(
    '%j is unknown',
    (text) => {
      expect(readTime(text)).toBeNull();
    },
  );
});

describe('which records belong to a file', () => {
  const span = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2) };
  const own = { from: span.to - 12 * 3_600_000, to: span.to };
  const after = { from: span.to, to: span.to + 12 * 3_600_000 };
  const isWanted = createIsWanted(span, []);

  it.each([
    ['its start time', { 'Start time': '2026-03-01T00:00:00.000Z' }, true],
    [
      'its start time, however late it is reported',
      { 'Start time': '2026-03-01T23:59:59.999Z', 'Report time': '2026-03-02T09:00:00.000Z' },
      true,
    ],
    ['its start time, which is the next day', { 'Start time': '2026-03-02T00:00:00.000Z' }, false],
    ['its start time in another spelling', { 'START  TIME': '2026-03-02T00:00:00.000Z' }, false],
    [
      'its report time where no start is known',
      { 'Start time': 'NA', 'Report time': '2026-02-28T12:00:00.000Z' },
      false,
    ],
    ['its release time where nothing else is', { 'Release time': '2026-03-01 12:00:00.000' }, true],
  ])('goes by %s', (_, record, isIn) => {
    expect([isWanted(record, own, true), isWanted(record, after, false)]).toEqual([isIn, isIn]);
  });

  it('goes by the slice it came for where there is no time at all', () => {
    const record = { User: 'x' };
    expect([isWanted(record, own, true), isWanted(record, after, false)]).toEqual([true, false]);
  });

  it('goes by the slice it came for where a call of more than 12 hours came with the time of its end', () => {
    const begunBefore = {
      'Start time': '2026-02-28T20:00:00.000Z',
      'Report time': '2026-03-01T13:00:00.000Z',
    };
    expect(isWanted(begunBefore, own, true)).toBe(true);
    const overAfter = { 'Start time': '2026-03-01T23:00:00.000Z', 'Release time': '2026-03-02 11:30:00.000' };
    expect(isWanted(overAfter, after, false)).toBe(false);
    // The service goes by the start after all.
    expect(isWanted(overAfter, own, true)).toBe(true);
  });

  it('goes by locations, whatever their case and blanks', () => {
    const some = createIsWanted(span, ['Depot North', 'Harbour, east quay']);
    const at = { 'Start time': '2026-03-01T12:00:00.000Z' };
    expect(some({ ...at, Location: 'depot  NORTH ' }, own, true)).toBe(true);
    expect(some({ ...at, location: 'Harbour, east quay' }, own, true)).toBe(true);
    expect(some({ ...at, Location: 'Depot' }, own, true)).toBe(false);
    expect(some(at, own, true)).toBe(false);
  });
});
