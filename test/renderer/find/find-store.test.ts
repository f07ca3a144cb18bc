import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../../electron/contract/account.ts';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { ALL, type FoundFile, type FoundFiles } from '../../../electron/contract/report.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import { lookupKey } from '../../../renderer/features/find/find-state.ts';
import { createFindStore } from '../../../renderer/features/find/find-store.ts';
import {
  anAccount,
  createFakeBridge,
  type FakeCalls,
  signedIn,
  signedInAs,
  signedOut,
} from '../../fakes/fake-bridge.ts';
import { createFakeTimers } from './fake-timers.ts';
import { archives, notOffered, peaks, siteFiles, siteList } from './reports.ts';

const MINUTE = 60_000;
const reports = [notOffered, archives, peaks, siteFiles, siteList];

const file = (id: string, more: Partial<FoundFile> = {}): FoundFile => ({
  id,
  name: `${id}.zip`,
  size: 1_000,
  md5: null,
  createdOn: null,
  expiresOn: null,
  nameDate: null,
  site: null,
  attempts: 0,
  downloadable: true,
  ...more,
});

const found = (...files: FoundFile[]): FoundFiles => ({
  listingId: `listing of ${files.length}`,
  reportId: archives.id,
  title: 'Archives',
  period: null,
  files,
  coverage: { missing: [], announced: files.length, listed: files.length, failedSites: [] },
});

type FindInput = Parameters<Bridge['reports']['find']>[0];

/** A find that answers when the test says so. */
interface Asking {
  readonly input: FindInput;
  answer(result: Result<FoundFiles>): Promise<void>;
}

/** Lets everything that is ready to run do so. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const notReady = failed(failure('not-ready', 'status 412'));

async function createScene(calls: FakeCalls = {}) {
  const clock = createFakeTimers(new Date(2026, 2, 15, 12).getTime());
  const asked: Asking[] = [];
  const cancelled: string[] = [];
  const added: Parameters<Bridge['downloads']['add']>[0][] = [];
  const bridge = createFakeBridge(
    { reports, lookup: ['acme', 'beta'] },
    {
      ...calls,
      reports: {
        find: (input) =>
          new Promise((resolve) => {
            asked.push({
              input,
              answer: async (result) => {
                resolve(result);
                await settled();
              },
            });
          }),
        cancelFind: async ({ findId }) => {
          cancelled.push(findId);
          return ok(null);
        },
        ...calls.reports,
      },
      downloads: {
        add: async (input) => {
          added.push(input);
          return ok({ added: input.fileIds.length, alreadyQueued: 0 });
        },
        ...calls.downloads,
      },
    },
  );
  let ids = 0;
  const store = createFindStore(bridge.cdr, {
    now: clock.now,
    after: clock.after,
    newId: () => {
      ids += 1;
      return `find-${ids}`;
    },
    order: 'day-month-year',
  });
  await store.getState().open();
  const state = () => store.getState();
  const last = (): Asking => {
    const asking = asked.at(-1);
    if (!asking) throw new Error('Nothing was asked.');
    return asking;
  };
  return { ...bridge, clock, store, state, asked, last, cancelled, added };
}

describe('opening the screen', () => {
  it('chooses the first report that can be had, with last month', async () => {
    const { state, last } = await createScene();
    expect(state().reportId).toBe(archives.id);
    void state().find();
    expect(last().input).toMatchObject({
      reportId: archives.id,
      criteria: { period: { from: '2026-02-01', to: '2026-02-28' } },
    });
  });

  it('says why there are no reports, and loads them when asked again', async () => {
    let answers = 0;
    const { state } = await createScene({
      reports: {
        list: async () => {
          answers += 1;
          return answers === 1 ? failed(failure('timed-out', 'no answer')) : ok(reports);
        },
      },
    });
    expect(state().reports).toMatchObject({ status: 'failed', failure: { code: 'timed-out' } });
    await state().open();
    expect(state().reports.status).toBe('ready');
  });

  it('loads once: coming back to it changes nothing', async () => {
    let answers = 0;
    const { state } = await createScene({
      reports: {
        list: async () => {
          answers += 1;
          return ok(reports);
        },
      },
    });
    state().chooseReport(peaks.id);
    await state().open();
    expect(answers).toBe(1);
    expect(state().reportId).toBe(peaks.id);
  });
});

describe('the form', () => {
  it('sends nothing while it changes', async () => {
    const { state, asked } = await createScene();
    state().setField('period', { preset: null, from: '1/3/2026', to: '2/3/2026' });
    state().chooseReport(peaks.id);
    state().setField('frequency', 'monthly');
    expect(asked).toEqual([]);
  });

  it('keeps what was chosen for each report', async () => {
    const { state } = await createScene();
    state().setField('period', { preset: 'yesterday' });
    state().chooseReport(peaks.id);
    state().setField('frequency', 'monthly');
    state().chooseReport(archives.id);
    expect(state().drafts).toEqual({
      [archives.id]: { period: { preset: 'yesterday' } },
      [peaks.id]: { frequency: 'monthly' },
    });
  });

  it('is not sent with a mistake in it, which is pointed out until something changes', async () => {
    const { state, asked } = await createScene();
    state().setField('period', { preset: null, from: '31/02/2026', to: '' });
    await state().find();
    expect(asked).toEqual([]);
    expect(state().pointOutMissing).toBe(true);
    state().setField('period', { preset: 'yesterday' });
    expect(state().pointOutMissing).toBe(false);
  });

  it('is sent at once for a report that needs no question', async () => {
    const { state, last } = await createScene();
    state().chooseReport(siteList.id);
    expect(last().input).toMatchObject({ reportId: siteList.id, criteria: {} });
  });

  it('is not sent for a report that can not be had', async () => {
    const { state, asked } = await createScene();
    state().chooseReport(notOffered.id);
    await state().find();
    expect(asked).toEqual([]);
  });
});

describe('a lookup', () => {
  const key = lookupKey(siteFiles.id, 'site');

  it('is loaded once, and again after a failure', async () => {
    let answers = 0;
    const { state } = await createScene({
      reports: {
        lookup: async () => {
          answers += 1;
          return answers === 1 ? failed(failure('timed-out', 'no answer')) : ok(['acme']);
        },
      },
    });
    await state().loadLookup(siteFiles.id, 'site');
    expect(state().lookups[key]).toMatchObject({ status: 'failed' });
    await state().loadLookup(siteFiles.id, 'site');
    await state().loadLookup(siteFiles.id, 'site');
    expect(state().lookups[key]).toEqual({ status: 'ready', value: ['acme'] });
    expect(answers).toBe(2);
  });

  it('stands for all of them until one is chosen', async () => {
    const { state, last } = await createScene();
    state().chooseReport(siteFiles.id);
    void state().find();
    expect(last().input.criteria).toEqual({ site: ALL });
  });

  it('that answers after the account changed is dropped', async () => {
    let answer = (_: Result<readonly string[]>) => {};
    const { state, emit } = await createScene({
      reports: {
        lookup: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    });
    const loading = state().loadLookup(siteFiles.id, 'site');
    emit('account.changed', signedOut);
    answer(ok(['of the old account']));
    await loading;
    expect(state().lookups).toEqual({});
  });
});

describe('a search', () => {
  it('shows what was found with everything that can be downloaded ticked', async () => {
    const { state, last } = await createScene();
    void state().find();
    await last().answer(ok(found(file('a'), file('b', { downloadable: false }), file('c'))));
    expect(state().search).toEqual({ status: 'idle' });
    expect([...state().selected]).toEqual(['a', 'c']);
  });

  it('shows its own progress and no other', async () => {
    const { state, emit } = await createScene();
    void state().find();
    const progress = { findId: 'find-1', found: 5, announced: 9, partsDone: 0, parts: 1, nextTryAt: null };
    emit('reports.findProgress', { ...progress, findId: 'find-0', found: 1 });
    expect(state().search).toMatchObject({ progress: null });
    emit('reports.findProgress', progress);
    expect(state().search).toMatchObject({ progress: { found: 5 } });
  });

  it('stops at once when it is cancelled, and its late answer is dropped', async () => {
    const { state, last, cancelled } = await createScene();
    void state().find();
    state().cancel();
    expect(state().search).toEqual({ status: 'stopped' });
    expect(cancelled).toEqual(['find-1']);
    await last().answer(ok(found(file('late'))));
    expect(state().found).toBeNull();
    expect(state().search).toEqual({ status: 'stopped' });
  });

  it('gives way to the next one, whichever answers first', async () => {
    const { state, asked, cancelled } = await createScene();
    void state().find();
    void state().find();
    expect(cancelled).toEqual(['find-1']);
    await asked[1]?.answer(ok(found(file('new'))));
    await asked[0]?.answer(ok(found(file('old'))));
    expect(state().found?.files.files.map(({ id }) => id)).toEqual(['new']);
  });

  it('that fails leaves the found list where it was, and is sent again as it was', async () => {
    const { state, last } = await createScene();
    void state().find();
    await last().answer(ok(found(file('a'))));
    state().setField('period', { preset: 'yesterday' });
    void state().find();
    await last().answer(failed(failure('service-down', 'status 503')));
    expect(state().search).toMatchObject({ status: 'failed', failure: { code: 'service-down' } });
    expect(state().found?.files.files).toHaveLength(1);
    void state().tryAgain();
    expect(last().input.criteria).toEqual({ period: { from: '2026-03-14', to: '2026-03-14' } });
  });

  it('that the main process reports as cancelled is no failure', async () => {
    const { state, last } = await createScene();
    void state().find();
    await last().answer(failed(failure('cancelled', 'stopped')));
    expect(state().search).toEqual({ status: 'stopped' });
  });

  it('can be repeated for the shown list, whatever the form says now', async () => {
    const { state, last } = await createScene();
    void state().find();
    await last().answer(ok(found(file('a'))));
    state().chooseReport(peaks.id);
    void state().findAgain();
    expect(last().input).toMatchObject({ reportId: archives.id });
  });
});

describe('a report that is not ready', () => {
  async function waitingScene() {
    const scene = await createScene();
    void scene.state().find();
    await scene.last().answer(notReady);
    return scene;
  }

  it('is no failure, and is left alone until the person says so', async () => {
    const { state, clock, asked } = await waitingScene();
    expect(state().search).toMatchObject({ status: 'not-ready', nextTryAt: null });
    clock.advance(24 * 60 * MINUTE);
    expect(asked).toHaveLength(1);
  });

  it('is also a file list that the service is preparing', async () => {
    const { state, last } = await createScene();
    void state().find();
    await last().answer(failed(failure('being-prepared', 'status 403')));
    expect(state().search.status).toBe('not-ready');
  });

  it('is asked for by itself after 5, 10, 20, 30 and again 30 minutes', async () => {
    const { state, clock, asked, last } = await waitingScene();
    state().setTryByItself(true);
    for (const [tries, minutes] of [5, 10, 20, 30, 30].entries()) {
      expect(state().search).toMatchObject({ nextTryAt: clock.now() + minutes * MINUTE });
      clock.advance(minutes * MINUTE - 1);
      expect(asked).toHaveLength(tries + 1);
      clock.advance(1);
      expect(asked).toHaveLength(tries + 2);
      await last().answer(notReady);
    }
    expect(last().input.criteria).toEqual(asked[0]?.input.criteria);
  });

  it('is asked for later when the service wants it later', async () => {
    const { state, clock, last } = await createScene();
    void state().find();
    await last().answer(failed(failure('not-ready', 'status 412', { retryAfterMs: 45 * MINUTE })));
    state().setTryByItself(true);
    expect(state().search).toMatchObject({ nextTryAt: clock.now() + 45 * MINUTE });
  });

  it('is shown when it is ready at last', async () => {
    const { state, clock, last } = await waitingScene();
    state().setTryByItself(true);
    clock.advance(5 * MINUTE);
    await last().answer(ok(found(file('a'))));
    expect(state().search).toEqual({ status: 'idle' });
    expect(state().found?.files.files).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  it('is asked for now when the person says so, and then not at the old time too', async () => {
    const { state, clock, asked, last } = await waitingScene();
    state().setTryByItself(true);
    clock.advance(MINUTE);
    void state().tryAgain();
    expect(asked).toHaveLength(2);
    await last().answer(notReady);
    expect(state().search).toMatchObject({ nextTryAt: clock.now() + 10 * MINUTE });
    expect(clock.waiting).toBe(1);
  });

  it.each<[string, (scene: Awaited<ReturnType<typeof createScene>>) => void]>([
    ['the person switches it off', ({ state }) => state().setTryByItself(false)],
    ['the person changes the criteria', ({ state }) => state().setField('period', { preset: 'yesterday' })],
    ['the person chooses another report', ({ state }) => state().chooseReport(peaks.id)],
    ['nobody is signed in any more', ({ emit }) => emit('account.changed', signedOut)],
  ])('is not asked for any more when %s', async (_why, act) => {
    const scene = await waitingScene();
    scene.state().setTryByItself(true);
    act(scene);
    scene.clock.advance(24 * 60 * MINUTE);
    expect(scene.asked).toHaveLength(1);
    expect(scene.clock.waiting).toBe(0);
  });
});

describe('saving', () => {
  async function foundScene(calls: FakeCalls = {}) {
    const scene = await createScene(calls);
    void scene.state().find();
    await scene.last().answer(ok(found(file('a'), file('b'), file('c'))));
    return scene;
  }

  it('puts the ticked files into the queue in the order of the list', async () => {
    const { state, added } = await foundScene();
    state().select(new Set(['c', 'a']));
    expect(await state().download()).toBe(true);
    expect(added).toEqual([
      { listingId: 'listing of 3', fileIds: ['a', 'c'], folder: 'C:\\Users\\Jo\\Downloads' },
    ]);
  });

  it('asks for nothing when nothing is ticked', async () => {
    const { state, added } = await foundScene();
    state().select(new Set());
    expect(await state().download()).toBe(false);
    expect(added).toEqual([]);
  });

  it('takes a second press while the first is on its way for none', async () => {
    const { state, added } = await foundScene();
    const answers = await Promise.all([state().download(), state().download()]);
    expect(answers).toEqual([true, false]);
    expect(added).toHaveLength(1);
  });

  it('says why the queue did not take them, and forgets it with the next list', async () => {
    const { state, last } = await foundScene({
      downloads: { add: async () => failed(failure('listing-gone', 'unknown listing')) },
    });
    expect(await state().download()).toBe(false);
    expect(state().saveFailure?.code).toBe('listing-gone');
    expect(state().adding).toBe(false);
    void state().findAgain();
    await last().answer(ok(found(file('a'))));
    expect(state().saveFailure).toBeNull();
  });

  it('goes to the folder that was chosen, here or in the settings', async () => {
    const { state, emit, data } = await foundScene();
    await state().changeFolder();
    expect(state().folder).toBe('D:\\CDR');
    emit('settings.changed', { ...data.settings, effectiveFolder: 'E:\\March' });
    expect(state().folder).toBe('E:\\March');
  });
});

describe('another account', () => {
  const [mine, other] = [anAccount(), anAccount({ accountName: 'other' })];

  async function accountsScene() {
    const scene = await createScene();
    const become = (account: AccountState) => {
      scene.data.account = account;
      scene.emit('account.changed', account);
    };
    return { ...scene, become };
  }

  it('starts with an empty form and no list', async () => {
    const { state, emit, last } = await createScene();
    state().setField('period', { preset: 'yesterday' });
    void state().find();
    await last().answer(ok(found(file('a'))));
    emit('account.changed', signedOut);
    emit('account.changed', signedInAs(anAccount({ accountName: 'somebody-else' })));
    await settled();
    expect(state()).toMatchObject({ drafts: {}, found: null, reportId: archives.id });
    expect(state().selected.size).toBe(0);
  });

  it('that is the same one again finds the form and the list as they were left', async () => {
    const { state, emit, last } = await createScene();
    state().setField('period', { preset: 'yesterday' });
    void state().find();
    await last().answer(ok(found(file('a'))));
    emit('account.changed', signedOut);
    expect(state().reports.status).toBe('loading');
    emit('account.changed', signedIn);
    await settled();
    expect(state().reports.status).toBe('ready');
    expect(state().drafts).toEqual({ [archives.id]: { period: { preset: 'yesterday' } } });
    expect(state().found?.files.files).toHaveLength(1);
  });

  it('that comes back finds its own form and list, and the other one its own', async () => {
    const { state, last, become } = await accountsScene();
    state().setField('period', { preset: 'yesterday' });
    void state().find();
    await last().answer(ok(found(file('a'))));
    become(signedInAs(other, mine));
    await settled();
    expect(state()).toMatchObject({ drafts: {}, found: null });
    state().setField('period', { preset: 'last-7-days' });
    become(signedInAs(mine, other));
    await settled();
    expect(state().found?.files.files).toHaveLength(1);
    expect(state().drafts).toEqual({ [archives.id]: { period: { preset: 'yesterday' } } });
    become(signedInAs(other, mine));
    await settled();
    expect(state().drafts).toEqual({ [archives.id]: { period: { preset: 'last-7-days' } } });
    expect(state().found).toBeNull();
  });

  it('that was forgotten leaves nothing behind', async () => {
    const { state, last, become } = await accountsScene();
    void state().find();
    await last().answer(ok(found(file('a'))));
    become(signedInAs(other, mine));
    become(signedInAs(other));
    become(signedInAs(mine, other));
    await settled();
    expect(state().found).toBeNull();
  });

  it('stops the search that runs when nobody is signed in any more', async () => {
    const { state, emit, cancelled } = await createScene();
    void state().find();
    emit('account.changed', signedOut);
    expect(cancelled).toEqual(['find-1']);
    expect(state().search).toEqual({ status: 'idle' });
  });
});
