import { describe, expect, it } from 'vitest';
import { type FailureCode, failure } from '../../../electron/contract/failure.ts';
import {
  ALL,
  type Criteria,
  type FindProgress,
  type ReportDeclaration,
} from '../../../electron/contract/report.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import { type Found, findReport } from '../../../electron/reports/find-report.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { listed } from '../../fakes/listed-file.ts';
import { passTime } from './pass-time.ts';
import { scriptedSession, whole } from './scripted-session.ts';

/** Noon, so that it is the same day in nearly every zone. */
const NOON = Date.UTC(2026, 2, 15, 12);

const period = { kind: 'days', id: 'period', label: 'Created', keptDays: 365, longest: 366 } as const;
const daily: ReportDeclaration = {
  id: 'daily',
  label: 'Daily files',
  description: '',
  fields: [{ ...period, everyOneHasAFile: true }],
};
const monthly: ReportDeclaration = {
  id: 'monthly',
  label: 'Monthly files',
  description: '',
  fields: [{ ...period, kind: 'months', longest: 24, everyOneHasAFile: true }],
};
const bySite: ReportDeclaration = {
  id: 'by-site',
  label: 'Files of a site',
  description: '',
  fields: [{ kind: 'lookup', id: 'site', label: 'Site', allLabel: 'All sites' }, period],
};
const single: ReportDeclaration = {
  id: 'single',
  label: 'One',
  description: '',
  fields: [],
  immediate: true,
};

const week = { from: '2026-03-02', to: '2026-03-08' };

type Script = ReturnType<typeof scriptedSession>;
function start(script: Script, report: ReportDeclaration, criteria: Criteria) {
  const clock = createFakeClock(NOON);
  const controller = new AbortController();
  const progress: Omit<FindProgress, 'findId'>[] = [];
  const result = findReport({
    session: script.session,
    report,
    criteria,
    clock,
    random: () => 0,
    signal: controller.signal,
    onProgress: (now) => progress.push(now),
  });
  return { clock, controller, progress, result };
}

async function find(...input: Parameters<typeof start>): Promise<Found> {
  const result = await start(...input).result;
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}

const ids = (found: Found) => found.entries.map((entry) => entry.file.id);
const no = (code: FailureCode) => failed(failure(code, 'test'));
const siteOf = ({ question }: { question: { criteria: Criteria } }) => String(question.criteria.site);

describe('findReport', () => {
  it('leaves nothing running behind a bug in one of its parts', async () => {
    const script = scriptedSession(({ question }) => {
      if (JSON.stringify(question).includes('2026-02')) throw new Error('bug');
      return ok({ files: [listed(`${script.asked.length}`)], next: 'more', announced: null });
    });
    const { result } = start(script, daily, { period: { from: '2026-01-10', to: '2026-02-28' } });
    await expect(result).rejects.toThrow('bug');
    expect(script.asked.at(-1)?.signal.aborted).toBe(true);
  });

  it('says of a file that has days of its own that it is of those', async () => {
    const days = { from: '2026-03-02', to: '2026-03-02' };
    const script = scriptedSession(() => whole(listed('a', { nameDate: '2026-03-02', days })));
    const found = await find(script, daily, { period: { from: '2026-03-02', to: '2026-03-03' } });
    expect(found.entries.map(({ period }) => period)).toEqual(['2026-03-02/2026-03-02']);
  });

  it('says how many files the service stands at once, where it does not stand all that one wants', async () => {
    const script = scriptedSession(() => whole(listed('list')));
    expect(await find(script, single, {})).not.toHaveProperty('filesAtOnce');
    const few = { ...script, session: { ...script.session, filesAtOnce: 2 } };
    expect(await find(few, single, {})).toMatchObject({ filesAtOnce: 2 });
  });

  it('answers with what was listed, the question that listed it, and what was asked', async () => {
    const script = scriptedSession(() => whole(listed('a', { nameDate: '2026-03-02' })));
    const found = await find(script, daily, { period: { from: '2026-03-02', to: '2026-03-03' } });
    const question = { reportId: 'daily', criteria: { period: { from: '2026-03-02', to: '2026-03-03' } } };
    expect(found).toEqual({
      reportId: 'daily',
      title: 'Title of daily',
      period: { unit: 'day', from: '2026-03-02', to: '2026-03-03' },
      entries: [
        {
          file: listed('a', { nameDate: '2026-03-02' }),
          question,
          title: 'Title of daily',
          period: '2026-03-02/2026-03-03',
        },
      ],
      coverage: { missing: ['2026-03-03'], announced: 1, listed: 1, failedSites: [] },
    });
    expect(script.asked.map((asked) => asked.question)).toEqual([question]);
  });

  it('takes a report without criteria as one question', async () => {
    const found = await find(
      scriptedSession(() => whole(listed('list'))),
      single,
      {},
    );
    expect(ids(found)).toEqual(['list']);
    expect(found.period).toBeNull();
    expect(found.coverage.missing).toEqual([]);
  });

  it('names the months without a file', async () => {
    const script = scriptedSession(() => whole(listed('a', { nameDate: '2026-01' })));
    const found = await find(script, monthly, { period: { from: '2025-12', to: '2026-03' } });
    expect(found.period).toEqual({ unit: 'month', from: '2025-12', to: '2026-03' });
    expect(found.coverage.missing).toEqual(['2025-12', '2026-02']);
  });

  it('misses no day in a report whose days may have none', async () => {
    const found = await find(
      scriptedSession(() => whole()),
      bySite,
      { site: 'acme', period: week },
    );
    expect(found.coverage.missing).toEqual([]);
  });

  it.each<[ReportDeclaration, Criteria]>([
    [daily, {}],
    [daily, { period: { from: '2026-03-05', to: '2026-03-01' } }],
    [daily, { period: { from: '2026-03-05', to: '2026-03-20' } }],
    [daily, { period: { from: '2024-01-01', to: '2026-03-01' } }],
    [bySite, { period: week }],
    [{ ...single, unavailable: 'Not offered.' }, {}],
  ])('sends nothing when the criteria do not hold: %#', async (report, criteria) => {
    const script = scriptedSession(() => whole());
    expect(await start(script, report, criteria).result).toMatchObject({
      failure: { code: 'bad-criteria', subject: report.label },
    });
    expect(script.asked).toEqual([]);
  });

  it('asks for a long period month by month, four at a time', async () => {
    const script = scriptedSession(() => whole());
    await find(script, daily, { period: { from: '2025-04-10', to: '2026-03-10' } });
    expect(script.asked).toHaveLength(12);
    expect(script.asked[0]?.question.criteria).toEqual({ period: { from: '2025-04-10', to: '2025-04-30' } });
    expect(script.asked[11]?.question.criteria).toEqual({ period: { from: '2026-03-01', to: '2026-03-10' } });
    expect(script.mostAtOnce).toBe(4);
  });

  it('asks for each value where all are asked for', async () => {
    const script = scriptedSession((asked) => whole(listed(siteOf(asked))), ok(['acme', 'büro']));
    const found = await find(script, bySite, { site: ALL, period: week });
    expect(ids(found)).toEqual(['acme', 'büro']);
    expect(found.entries.map((entry) => entry.question.criteria)).toEqual([
      { site: 'acme', period: week },
      { site: 'büro', period: week },
    ]);
  });

  it('does not look anything up for one value', async () => {
    const script = scriptedSession(() => whole());
    await find(script, bySite, { site: 'acme', period: week });
    expect(script.lookups).toBe(0);
  });

  it('finds nothing where there is no value', async () => {
    const script = scriptedSession(() => whole(), ok([]));
    expect(ids(await find(script, bySite, { site: ALL, period: week }))).toEqual([]);
  });

  it('lists a file once that more than one part lists', async () => {
    const script = scriptedSession(() => whole(listed('same')));
    const found = await find(script, daily, { period: { from: '2026-01-01', to: '2026-02-10' } });
    expect(ids(found)).toEqual(['same']);
    expect(found.coverage).toMatchObject({ announced: 2, listed: 2 });
  });

  it('orders files by date, time, name and id, whatever order they came in', async () => {
    const at = (time: number) => ({ createdOn: { time, approximate: false } });
    const files = [
      listed('f', { nameDate: '2026-03-03' }),
      listed('e', { nameDate: '2026-03-02', ...at(2) }),
      listed('d', { nameDate: '2026-03-02', ...at(1), name: 'y.csv' }),
      listed('c', { nameDate: '2026-03-02', ...at(1), name: 'x.csv' }),
      listed('b'),
      listed('a'),
    ];
    const found = await find(
      scriptedSession(() => whole(...files)),
      daily,
      { period: week },
    );
    expect(ids(found)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('gives each file a name of its own, the same in whatever order the service lists them', async () => {
    const files = ['c', 'a', 'b'].map((id) => listed(id, { name: 'same.csv' }));
    for (const order of [files, [...files].reverse()]) {
      const found = await find(
        scriptedSession(() => whole(...order)),
        daily,
        { period: week },
      );
      expect(found.entries.map(({ file }) => [file.id, file.name])).toEqual([
        ['a', 'same.csv'],
        ['b', 'same (2).csv'],
        ['c', 'same (3).csv'],
      ]);
    }
  });

  it('keeps the question that finds a file again, where the provider has a better one', async () => {
    const findAgainWith = { reportId: 'another', criteria: { other: 'way' } };
    const found = await find(
      scriptedSession(() => whole(listed('a', { findAgainWith }))),
      daily,
      { period: week },
    );
    expect(found.entries[0]?.question).toEqual(findAgainWith);
    expect(found.entries[0]?.title).toBe(`Title of ${daily.id}`);
  });

  it('says of each file what period was asked for, whole', async () => {
    const quarter = { from: '2026-01-01', to: '2026-03-14' };
    const script = scriptedSession(({ question: { criteria } }) => whole(listed(JSON.stringify(criteria))));
    const found = await find(script, daily, { period: quarter });
    expect(found.entries.map(({ period }) => period)).toEqual(Array(3).fill('2026-01-01/2026-03-14'));
    const months = await find(
      scriptedSession(() => whole(listed('a'))),
      monthly,
      {
        period: { from: '2025-12', to: '2026-02' },
      },
    );
    expect(months.entries[0]?.period).toBe('2025-12/2026-02');
    const one = await find(
      scriptedSession(() => whole(listed('a'))),
      single,
      {},
    );
    expect(one.entries[0]?.period).toBeNull();
  });

  it('says when less was listed than announced, after reading it twice', async () => {
    const script = scriptedSession(() => ok({ files: [listed('a')], next: null, announced: 3 }));
    const found = await find(script, daily, { period: week });
    expect(found.coverage).toMatchObject({ announced: 3, listed: 1 });
    expect(script.asked).toHaveLength(2);
  });

  it('says that something may be missing when a list without a number never ends', async () => {
    let page = 0;
    const script = scriptedSession(() => {
      page += 1;
      return ok({ files: [listed(`file ${page}`)], next: String(page), announced: null });
    });
    const found = await find(script, daily, { period: week });
    expect(found.coverage).toMatchObject({ announced: 1001, listed: 1000 });
  });

  it('does not let a part that lists too much hide one that lists too little', async () => {
    const script = scriptedSession(({ question: { criteria } }) =>
      JSON.stringify(criteria).includes('2026-02')
        ? ok({ files: [listed('a'), listed('b')], next: null, announced: 1 })
        : ok({ files: [listed('c')], next: null, announced: 2 }),
    );
    const found = await find(script, daily, { period: { from: '2026-01-10', to: '2026-02-28' } });
    expect(found.coverage).toMatchObject({ announced: 4, listed: 3 });
  });

  describe('progress', () => {
    it('counts files and parts', async () => {
      const script = scriptedSession((asked) => whole(listed(`${siteOf(asked)} file`)), ok(['a', 'b']));
      const { progress, result } = start(script, bySite, { site: ALL, period: week });
      await result;
      expect(progress.at(-1)).toEqual({ found: 2, announced: 2, partsDone: 2, parts: 2, nextTryAt: null });
      expect(progress.map(({ partsDone }) => partsDone)).toEqual(
        [...progress.map(({ partsDone }) => partsDone)].sort(),
      );
    });

    it('says until when it waits as long as the service wants it to, and no longer', async () => {
      let tries = 0;
      const busy = failed(failure('too-many-connections', 'test', { retryAfterMs: 30_000 }));
      const script = scriptedSession(() => (++tries === 1 ? busy : whole(listed('a'))));
      const { clock, progress, result } = start(script, daily, { period: week });
      await clock.untilSleeping();
      expect(progress.at(-1)?.nextTryAt).toBe(clock.now() + 30_000);
      await clock.advance(30_000);
      await result;
      expect(progress.at(-1)?.nextTryAt).toBeNull();
    });

    it('comes to its end although a site failed', async () => {
      const script = scriptedSession(
        (asked) => (siteOf(asked) === 'a' ? no('bad-request') : whole()),
        ok(['a', 'b']),
      );
      const long = { from: '2026-01-01', to: '2026-03-10' };
      const { progress, result } = start(script, bySite, { site: ALL, period: long });
      await result;
      expect(progress.at(-1)).toMatchObject({ partsDone: 6, parts: 6 });
    });
  });

  describe('failures', () => {
    it('tries a page again that may succeed next time', async () => {
      let tries = 0;
      const script = scriptedSession(() => (++tries < 3 ? no('service-down') : whole(listed('a'))));
      const { result, clock } = start(script, daily, { period: week });
      expect(await passTime(clock, result)).toMatchObject({
        ok: true,
        value: { entries: [{ file: { id: 'a' } }] },
      });
      expect(script.asked.map(({ cursor }) => cursor)).toEqual([null, null, null]);
    });

    it('does not read the pages before a failed one again', async () => {
      let failures = 0;
      const script = scriptedSession(({ cursor }) => {
        if (cursor === null) return ok({ files: [listed('a')], next: '1', announced: 2 });
        return failures++ === 0
          ? no('connection-lost')
          : ok({ files: [listed('b')], next: '2', announced: 2 });
      });
      const { result, clock } = start(script, daily, { period: week });
      await passTime(clock, result);
      expect(script.asked.map(({ cursor }) => cursor)).toEqual([null, '1', '1']);
    });

    it('asks for fewer parts at once after 429', async () => {
      const early = new Set<string>();
      let running = 0;
      const laterAtOnce: number[] = [];
      const script = scriptedSession(
        async (asked) => {
          if (!early.has(siteOf(asked)) && early.size < 4) {
            early.add(siteOf(asked));
            return no('too-many-connections');
          }
          laterAtOnce.push(++running);
          await new Promise((resolve) => setImmediate(resolve));
          running--;
          return whole();
        },
        ok(Array.from({ length: 30 }, (_, i) => `site ${i}`)),
      );
      const { result, clock } = start(script, bySite, { site: ALL, period: week });
      expect(await passTime(clock, result)).toMatchObject({ ok: true });
      expect(Math.max(...laterAtOnce.slice(-20))).toBe(1);
    });

    it('ends with the failure of a part, and stops the others', async () => {
      const script = scriptedSession(({ question: { criteria }, signal }) =>
        JSON.stringify(criteria).includes('2026-01-31')
          ? no('not-ready')
          : new Promise((resolve) => {
              signal.addEventListener('abort', () => resolve(no('cancelled')));
            }),
      );
      const { result } = start(script, daily, { period: { from: '2026-01-01', to: '2026-03-10' } });
      expect(await result).toMatchObject({ failure: { code: 'not-ready' } });
    });

    it.each<FailureCode>(['bad-request', 'not-ready', 'html-answer', 'unusable-answer', 'not-available'])(
      'keeps the other sites when one fails with %s',
      async (code) => {
        const script = scriptedSession(
          (asked) => (siteOf(asked) === 'b' ? no(code) : whole(listed(siteOf(asked)))),
          ok(['a', 'b', 'c']),
        );
        const found = await find(script, bySite, { site: ALL, period: week });
        expect(ids(found)).toEqual(['a', 'c']);
        expect(found.coverage).toMatchObject({ announced: 2, listed: 2, failedSites: [{ site: 'b', code }] });
      },
    );

    it('does not ask on for a site that failed, and names it once', async () => {
      const script = scriptedSession(
        (asked) => (siteOf(asked) === 'a' ? no('bad-request') : whole()),
        ok(['a', 'b', 'c', 'd', 'e']),
      );
      const year = { from: '2025-04-01', to: '2026-03-10' };
      const found = await find(script, bySite, { site: ALL, period: year });
      expect(found.coverage.failedSites).toEqual([{ site: 'a', code: 'bad-request' }]);
      expect(script.asked.filter((asked) => siteOf(asked) === 'a').length).toBeLessThanOrEqual(4);
    });

    it.each<FailureCode>(['sign-in-refused', 'access-lost', 'tls-failed', 'untrusted-host'])(
      'ends everything when a site fails with %s',
      async (code) => {
        const script = scriptedSession(
          (asked) => (siteOf(asked) === 'b' ? no(code) : whole(listed(siteOf(asked)))),
          ok(['a', 'b', 'c']),
        );
        expect(await start(script, bySite, { site: ALL, period: week }).result).toMatchObject({
          failure: { code },
        });
      },
    );

    it('ends with the failure when every site fails', async () => {
      const script = scriptedSession(() => no('not-ready'), ok(['a', 'b']));
      expect(await start(script, bySite, { site: ALL, period: week }).result).toMatchObject({
        failure: { code: 'not-ready' },
      });
    });

    it('fails with a single site that fails', async () => {
      const script = scriptedSession(() => no('bad-request'));
      expect(await start(script, bySite, { site: 'acme', period: week }).result).toMatchObject({
        failure: { code: 'bad-request' },
      });
    });

    it('fails when the sites cannot be looked up, after trying again', async () => {
      const script = scriptedSession(() => whole(), no('service-down'));
      const { result, clock } = start(script, bySite, { site: ALL, period: week });
      expect(await passTime(clock, result)).toMatchObject({ failure: { code: 'service-down' } });
      expect(script.lookups).toBe(3);
    });
  });

  describe('cancelling', () => {
    it('stops at once between pages', async () => {
      let cancel = () => {};
      const script = scriptedSession(({ cursor }) => {
        if (cursor === '2') cancel();
        return ok({ files: [listed(`file ${cursor}`)], next: String(Number(cursor) + 1), announced: 99 });
      });
      const { result, controller } = start(script, daily, { period: week });
      cancel = () => controller.abort();
      expect(await result).toMatchObject({ failure: { code: 'cancelled' } });
      expect(script.asked).toHaveLength(4);
    });

    it('stops at once while waiting for the next try', async () => {
      const script = scriptedSession(() => no('service-down'));
      const { result, controller, clock } = start(script, daily, { period: week });
      await clock.untilSleeping();
      controller.abort();
      expect(await result).toMatchObject({ failure: { code: 'cancelled' } });
      expect(script.asked).toHaveLength(1);
    });

    it('sends nothing when it is cancelled before it began', async () => {
      const script = scriptedSession(() => whole());
      const controller = new AbortController();
      controller.abort();
      const result = await findReport({
        session: script.session,
        report: daily,
        criteria: { period: week },
        clock: createFakeClock(NOON),
        random: () => 0,
        signal: controller.signal,
      });
      expect(result).toMatchObject({ failure: { code: 'cancelled' } });
    });
  });
});
