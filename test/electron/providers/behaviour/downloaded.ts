/** The whole way of a file, with the real queue and real files. */
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { DownloadState } from '../../../../electron/contract/download-state.ts';
import { md5 } from '../../../fakes/download-engine.ts';
import { type Desk, NOW, openDesk, tempFolder } from './desk.ts';
import type { System } from './system.ts';

const PERIOD = { from: '2026-03-10', to: '2026-03-12' };

const page = { status: 200, type: 'text/html', body: '<!doctype html><html><body>Sign in</body></html>' };
const message = { status: 200, type: 'application/json', body: '{"message":"Something went wrong"}' };

const expectNoBugs = ({ bugs }: Desk) => expect(bugs).toEqual([]);

export function downloadsFiles(system: System): void {
  function expectSame(content: Buffer, other: Buffer): void {
    if (system.comparable) expect(system.comparable(content)).toEqual(system.comparable(other));
    else expect(content.equals(other)).toBe(true);
  }

  function expectName(name: string, listedName: string): void {
    if (system.namedLater) expect(name).toMatch(system.namedLater);
    else expect(name).toBe(listedName);
  }

  /** The one file of a desk, which has to be whole. */
  async function wholeFile(desk: Desk, listedName: string): Promise<Buffer> {
    const { name, state, failure } = desk.row();
    expect([state, failure]).toEqual(['done', null]);
    expectName(name, listedName);
    expect(await desk.names()).toEqual([name]);
    expectNoBugs(desk);
    return desk.read(name);
  }

  /** The same file, undisturbed. */
  async function undisturbed(): Promise<Buffer> {
    const desk = await openDesk(system);
    const [entry] = await desk.fetch(PERIOD);
    await desk.allEnded();
    return wholeFile(desk, entry?.file.name ?? '');
  }

  const breakFirst = (desk: Desk) => {
    let left = system.breaksFirst ?? 0;
    if (left === 0) return;
    desk.other.answerWith('cut');
    desk.divert((request) => system.bringsFile(request) && left-- > 0);
  };

  describe('downloading', () => {
    it('brings files that are whole, right and the same each time', async () => {
      const desk = await openDesk(system);
      const entries = await desk.fetch(PERIOD, 3);
      const rows = await desk.allEnded();
      expect(rows.map(({ state, failure }) => [state, failure])).toEqual(rows.map(() => ['done', null]));
      const names = rows.map(({ name }) => name);
      for (const [n, { file }] of entries.entries()) expectName(names[n] ?? '', file.name);
      expect(await desk.names()).toEqual([...names].sort());
      const elsewhere = await tempFolder();
      await desk.fetch(PERIOD, 3, elsewhere);
      const again = (await desk.allEnded()).slice(rows.length);
      expect(again.every(({ state }) => state === 'done')).toBe(true);
      for (const [n, { file }] of entries.entries()) {
        const content = await desk.read(names[n] ?? '');
        expect(content.length).toBeGreaterThan(0);
        if (file.size !== null) expect(content.length).toBe(file.size);
        if (file.md5 !== null) expect(md5(content)).toBe(file.md5);
        system.checkContent(content, file, NOW);
        expectSame(await desk.read(again[n]?.name ?? '', elsewhere), content);
      }
      expectNoBugs(desk);
    });

    it('goes on after a crash in the middle, and nothing is asked twice that need not be', async () => {
      const content = await undisturbed();
      const desk = await openDesk(system);
      breakFirst(desk);
      const [entry] = await desk.fetch(PERIOD);
      const isInTheMiddle = () => {
        const { failure, received, state } = desk.row();
        if (state === 'failed') throw new Error(`${failure?.code}: ${failure?.detail}`);
        return received > 0 || (failure?.code === 'being-made' && (failure.progress?.done ?? 0) > 0);
      };
      await desk.until(isInTheMiddle);
      expect(desk.row().state).not.toBe('done');
      await desk.crash();
      await desk.allEnded();
      expectSame(await wholeFile(desk, entry?.file.name ?? ''), content);
      const once = desk.watch.requests.flatMap((request) => system.askedOnce(request) ?? []);
      expect(new Set(once).size).toBe(once.length);
    });

    it.each([
      ['answers 503', { status: 503, type: 'text/plain', body: 'Down' }],
      ['breaks off', 'cut' as const],
    ])('survives a service that %s for a while', async (_what, answer) => {
      const content = await undisturbed();
      const desk = await openDesk(system);
      desk.other.answerWith(answer);
      const [entry] = await desk.fetch(PERIOD);
      desk.divert();
      const isNoticed = () => desk.row().failure !== null || desk.manager.list().hold !== null;
      await desk.until(() => desk.other.asked > 0 && isNoticed());
      expect(desk.row().state).toBe('waiting');
      desk.comesBack();
      await desk.allEnded();
      expectSame(await wholeFile(desk, entry?.file.name ?? ''), content);
    });

    it.each([
      ['a web page', page],
      ['a message', message],
      ['nothing', { ...page, body: '' }],
    ])('never takes %s with status 200 for the file', async (_what, answer) => {
      const desk = await openDesk(system);
      desk.other.answerWith(answer);
      await desk.fetch(PERIOD);
      desk.divert(system.bringsFile);
      const [row] = await desk.allEnded();
      expect(row?.state).toBe('failed' satisfies DownloadState);
      expect(row?.failure?.code).not.toBe('unexpected');
      expect(await desk.names()).toEqual([]);
      expectNoBugs(desk);
    });

    it.each([200, 400, 401, 403, 404, 429, 500, 503])(
      'tells no secret of an answer %i that repeats what was asked',
      async (status) => {
        const desk = await openDesk(system);
        desk.other.answerWith({ status, echo: true });
        await desk.fetch(PERIOD);
        desk.divert();
        const told: string[] = [];
        await desk.until(() => {
          const { hold } = desk.manager.list();
          told.push(JSON.stringify([desk.rows(), hold]));
          return desk.other.asked > 2 || (desk.other.asked > 0 && desk.row().failure !== null);
        });
        const signedIn = await desk.open().session.signIn(AbortSignal.timeout(10_000));
        told.push(JSON.stringify([signedIn, desk.rows()]));
        expect(desk.secrets()).not.toHaveLength(0);
        for (const secret of desk.secrets()) expect(told.join('\n')).not.toContain(secret);
      },
    );

    it('is cancelled at once in the middle, and leaves neither file nor request', async () => {
      const desk = await openDesk(system);
      desk.other.answerWith('stall');
      await desk.fetch(PERIOD);
      desk.divert();
      await desk.until(() => desk.other.asked > 0);
      await desk.manager.cancel('all');
      await desk.until(() => desk.row().state === 'cancelled');
      await desk.other.untilIdle();
      expect(await readdir(desk.folder)).toEqual([]);
      expectNoBugs(desk);
    });
  });
}
