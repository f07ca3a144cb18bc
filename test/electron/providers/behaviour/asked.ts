/** How a session behaves while it is asked: what it sends, what it finds, what it tells, how it stops. */
import { describe, expect, it } from 'vitest';
import { daysIn } from '../../../../electron/contract/calendar.ts';
import type { Criteria } from '../../../../electron/contract/report.ts';
import { safeFileName } from '../../../../electron/lib/safe-file-name.ts';
import type { FileToPrepare, Job } from '../../../../electron/providers/provider.ts';
import { find, type OpenedSystem, openSystem, patience, tempFolder } from './desk.ts';
import { startOtherServer } from './other-server.ts';
import type { System } from './system.ts';

const PERIOD = { from: '2026-03-09', to: '2026-03-12' };
const DAY_MS = 86_400_000;

const exampleOf = (system: System, reportId: string): Criteria => {
  const example = system.examples[reportId];
  if (!example) throw new Error(`no example for ${reportId}`);
  return example(PERIOD);
};

/** Notes as the queue keeps them, and no folder until one is needed. */
function createJob(folder: string): Job {
  let notes: string | null = null;
  return {
    get notes() {
      return notes;
    },
    note: async (text) => {
      notes = text;
    },
    folder: async () => folder,
    arrived: () => undefined,
  };
}

const askedOf = ({ watch }: OpenedSystem) => watch.requests.length;

export function signsIn(system: System): void {
  describe('signing in', () => {
    it('sends nothing before something is asked', async () => {
      const opened = await openSystem(system);
      const { session, name } = opened.open();
      session.title(system.reportId, exampleOf(system, system.reportId));
      expect(name).not.toBe('');
      await opened.clock.advance(60_000);
      expect(askedOf(opened)).toBe(0);
    });

    it('works with good fields, again and again', async () => {
      const opened = await openSystem(system);
      const { session } = opened.open();
      expect(await session.signIn(patience())).toEqual({ ok: true, value: null });
      expect(await session.signIn(patience())).toEqual({ ok: true, value: null });
      expect(askedOf(opened)).toBeGreaterThan(0);
    });

    it('is refused with bad fields, which are not sent a second time', async () => {
      const opened = await openSystem(system);
      const { session } = opened.open(system.refusedFields);
      const refused = await session.signIn(patience());
      expect(refused).toMatchObject({ ok: false, failure: { code: 'sign-in-refused' } });
      const asked = askedOf(opened);
      expect(asked).toBeGreaterThan(0);
      await opened.clock.advance(DAY_MS / 24);
      expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'sign-in-refused' } });
      expect(askedOf(opened)).toBe(asked);
      expect((await opened.open().session.signIn(patience())).ok).toBe(true);
    });

    it('says without sending anything that a secret is missing', async () => {
      const opened = await openSystem(system);
      const secrets = opened.provider.signIn.fields.filter(({ secret }) => secret);
      const { session } = opened.open(Object.fromEntries(secrets.map(({ id }) => [id, ''])));
      expect(await session.signIn(patience())).toMatchObject({ failure: { code: 'sign-in-refused' } });
      expect(askedOf(opened)).toBe(0);
    });

    it('shows the account by a name without a secret, which is empty only where nothing is typed', async () => {
      const { provider, running, open, secrets } = await openSystem(system);
      const { name } = open();
      expect(name.trim()).toBe(name);
      expect(name).not.toBe('');
      for (const secret of secrets()) expect(name).not.toContain(secret);
      expect(provider.accountName({})).toBe('');
      const address = provider.readAddress(running.serverAddress);
      expect(address).toEqual({ ok: true, value: running.serverAddress });
    });
  });
}

export function findsFiles(system: System): void {
  describe('finding files', () => {
    it.each(Object.keys(system.examples))(
      '%s: lists the same files each time, under safe names',
      async (id) => {
        const opened = await openSystem(system);
        const first = await find(opened, opened.open(), id, exampleOf(system, id));
        await opened.clock.advance(60 * 60_000);
        const again = await find(opened, opened.open(), id, exampleOf(system, id));
        const files = first.entries.map(({ file }) => file);
        expect(files).not.toHaveLength(0);
        expect(again.entries.map(({ file }) => [file.id, file.name])).toEqual(
          files.map((file) => [file.id, file.name]),
        );
        const [ids, names] = [files.map((file) => file.id), files.map(({ name }) => name.toLowerCase())];
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(names).size).toBe(names.length);
        for (const { name } of files) expect(safeFileName(name)).toBe(name);
        for (const { id: fileId } of files) expect(fileId.length).toBeLessThanOrEqual(500);
        for (const { question, file } of first.entries) {
          const page = await opened.open().session.listPage(question, null, patience());
          expect(page.ok && page.value.files.map((one) => one.id)).toContain(file.id);
        }
      },
    );

    it.each([
      ['one day', '2026-03-10', '2026-03-10'],
      ['the end of a month', '2026-01-28', '2026-02-03'],
      ['a leap day', '2024-02-26', '2024-03-02'],
      ['a February without one', '2026-02-26', '2026-03-02'],
      ['the end of a year', '2025-12-30', '2026-01-04'],
      ['a change of clocks', '2025-10-24', '2025-10-28'],
    ])('covers %s exactly once', async (_what, from, to) => {
      const end = Date.parse(`${to}T00:00:00Z`) + DAY_MS;
      const opened = await openSystem(system, end + 2 * DAY_MS);
      const criteria = system.examples[system.reportId]?.({ from, to }) ?? {};
      const found = await find(opened, opened.open(), system.reportId, criteria);
      const spans = found.entries.map(({ file }) => system.spanOf(file)).sort(([a], [b]) => a - b);
      const days = spans.flatMap(([begin, over]) =>
        Array.from({ length: (over - begin) / DAY_MS }, (_, day) =>
          new Date(begin + day * DAY_MS).toISOString().slice(0, 10),
        ),
      );
      expect(days).toEqual(daysIn({ from, to }));
      expect(found.coverage.missing).toEqual([]);
    });

    const asking = system.create().reports.filter(({ fields }) => fields.length > 0);

    it.each(asking)('$id: answers nonsense with bad-criteria and sends nothing', async ({ id, fields }) => {
      const opened = await openSystem(system);
      const { session } = opened.open();
      const periods = {
        kind: { from: '2026-02-30', to: '2026-02-31' },
        turned: { from: '2026-03-02', to: '2026-03-01' },
      };
      const nonsense = (period: Criteria[string]): Criteria =>
        Object.fromEntries(
          fields.map((field) => [
            field.id,
            field.kind === 'days' || field.kind === 'months' ? period : '\u0007',
          ]),
        );
      for (const criteria of [{}, nonsense(periods.kind), nonsense(periods.turned), nonsense('March')]) {
        const page = await session.listPage({ reportId: id, criteria }, null, patience());
        expect(page).toMatchObject({ ok: false, failure: { code: 'bad-criteria' } });
      }
      expect(askedOf(opened)).toBe(0);
    });

    it('answers a report and a lookup that it does not have with bad-criteria', async () => {
      const { session } = (await openSystem(system)).open();
      const criteria = exampleOf(system, system.reportId);
      const page = await session.listPage({ reportId: 'no-such-report', criteria }, null, patience());
      expect(page).toMatchObject({ ok: false, failure: { code: 'bad-criteria' } });
      const lookup = await session.lookup(system.reportId, 'no-such-field', patience());
      expect(lookup).toMatchObject({ ok: false, failure: { code: 'bad-criteria' } });
    });

    it('has a title in words for each report, and no secret in anything that it lists', async () => {
      const opened = await openSystem(system);
      const account = opened.open();
      await account.session.signIn(patience());
      const told: unknown[] = [account.name];
      for (const id of Object.keys(system.examples)) {
        const found = await find(opened, account, id, exampleOf(system, id));
        const label = opened.provider.reports.find((report) => report.id === id)?.label ?? '';
        expect(found.title.toLowerCase()).toContain(label.split(' ')[0]?.toLowerCase());
        told.push(found);
      }
      expect(opened.secrets()).not.toHaveLength(0);
      for (const secret of opened.secrets()) expect(JSON.stringify(told)).not.toContain(secret);
    });
  });
}

export function stopsAtOnce(system: System): void {
  describe('stopping', () => {
    /** A system whose service has fallen silent. */
    async function silent(signedIn: boolean) {
      const opened = await openSystem(system);
      const other = await startOtherServer(opened.clock);
      const account = opened.open();
      if (signedIn) await account.session.signIn(patience());
      const before = askedOf(opened);
      opened.watch.divert = () => other.url;
      const stop = new AbortController();
      const isAsked = async () => {
        while (other.asked === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      };
      return { ...opened, ...account, other, before, stop, isAsked };
    }

    it('ends a sign-in at once and leaves nothing running', async () => {
      const { session, stop, isAsked, other, clock } = await silent(false);
      const answer = session.signIn(stop.signal);
      await isAsked();
      stop.abort();
      expect(await answer).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
      await clock.advance(system.lingersMs ?? 0);
      await other.untilIdle();
      expect(clock.sleeping).toBe(0);
    });

    it('ends listing at once, where that asks anybody', async () => {
      const { session, stop, isAsked, other, clock } = await silent(true);
      const question = { reportId: system.reportId, criteria: exampleOf(system, system.reportId) };
      const answer = session.listPage(question, null, stop.signal);
      await Promise.race([answer, isAsked()]);
      stop.abort();
      const page = await answer;
      if (other.asked > 0) expect(page).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
      else expect(page.ok).toBe(true);
      await other.untilIdle();
      expect(clock.sleeping).toBe(0);
    });

    it('ends making a file at once, where files are made', async () => {
      const { session, stop, isAsked, other, clock, watch, ...opened } = await silent(true);
      watch.divert = () => null;
      const found = await find(
        { ...opened, clock },
        { session },
        system.reportId,
        exampleOf(system, system.reportId),
      );
      const [entry] = found.entries;
      if (!entry) throw new Error('nothing found');
      watch.divert = () => other.url;
      const { id: fileId, name, link } = entry.file;
      const file: FileToPrepare = { reportId: system.reportId, fileId, name, link: link ?? '' };
      const job = createJob(await tempFolder());
      for (let steps = 0; session.prepareFile && steps < 20; steps += 1) {
        const answer = session.prepareFile(file, job, stop.signal);
        const came = await Promise.race([answer, isAsked()]);
        if (came) {
          if (came.ok || came.failure.code !== 'being-made') throw new Error('made without asking anybody');
          await clock.advance(came.failure.retryAfterMs ?? 0);
          continue;
        }
        stop.abort();
        const stopped = await answer;
        expect(stopped).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
        break;
      }
      expect(stop.signal.aborted).toBe(session.prepareFile !== undefined);
      await other.untilIdle();
      expect(clock.sleeping).toBe(0);
    });

    it('asks nothing for a signal that is aborted already', async () => {
      const { session, stop, other } = await silent(false);
      stop.abort();
      expect(await session.signIn(stop.signal)).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
      expect(other.asked).toBe(0);
    });
  });
}
