import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import type { HistoryPage, HistoryQuery } from '../../../../electron/contract/history.ts';
import { failed, ok, type Result } from '../../../../electron/contract/result.ts';
import {
  createHistoryStore,
  historyRows,
  isFiltered,
  noFilters,
  PAGE_SIZE,
} from '../../../../renderer/features/history/history-store.ts';
import { anEntry, createFakeBridge } from '../../../fakes/fake-bridge.ts';

const page = (first: number, total = 1000): Result<HistoryPage> =>
  ok({
    total,
    entries: Array.from({ length: PAGE_SIZE }, (_, i) => anEntry({ id: first + i })),
    reports: [],
  });

function createStoreUnderTest() {
  const asked: HistoryQuery[] = [];
  const answers: ((answer: Result<HistoryPage>) => void)[] = [];
  const { cdr } = createFakeBridge(
    {},
    {
      history: {
        search: (query) => {
          asked.push(query);
          return new Promise((resolve) => answers.push(resolve));
        },
      },
    },
  );
  const store = createHistoryStore(cdr);
  return {
    store,
    offsets: () => asked.map(({ offset }) => offset),
    asked,
    idAt: (index: number) => historyRows(store.getState()).get(index)?.id,
    answer: async (place: number, result: Result<HistoryPage>) => {
      answers[place]?.(result);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

describe('the history as it is looked at', () => {
  it('asks for the first page, and for others as one scrolls to them', async () => {
    const { store, offsets, answer, idAt } = createStoreUnderTest();
    void store.getState().refresh();
    await answer(0, page(1));
    void store.getState().show(390, 410);
    expect(offsets()).toEqual([0, 200, 400]);
    await answer(1, page(201));
    await answer(2, page(401));
    expect([idAt(0), idAt(399), idAt(400), idAt(600)]).toEqual([1, 400, 401, undefined]);
  });

  it('asks for no page that is here or on its way', async () => {
    const { store, offsets, answer } = createStoreUnderTest();
    void store.getState().refresh();
    await answer(0, page(1));
    void store.getState().show(0, 20);
    void store.getState().show(200, 220);
    void store.getState().show(205, 225);
    expect(offsets()).toEqual([0, 200]);
  });

  it('drops the answer to a question that was changed meanwhile', async () => {
    const { store, answer, idAt, asked } = createStoreUnderTest();
    void store.getState().filter({ text: 'mar' });
    void store.getState().filter({ text: 'march' });
    await answer(1, page(500));
    await answer(0, page(1));
    expect(asked.map(({ text }) => text)).toEqual(['mar', 'march']);
    expect(idAt(0)).toBe(500);
  });

  it('keeps the old rows until the new ones are here', async () => {
    const { store, answer, idAt } = createStoreUnderTest();
    void store.getState().refresh();
    await answer(0, page(1));
    void store.getState().filter({ text: 'march' });
    expect(idAt(0)).toBe(1);
    expect(store.getState().loading).toBe(true);
    await answer(1, page(700, 3));
    expect(idAt(0)).toBe(700);
    expect(store.getState().total).toBe(3);
  });

  it('fetches the pages in view again on refresh, and drops the others because rows have moved', async () => {
    const { store, answer, idAt, offsets } = createStoreUnderTest();
    void store.getState().refresh();
    await answer(0, page(1));
    void store.getState().show(200, 220);
    await answer(1, page(201));
    void store.getState().refresh();
    expect(offsets()).toEqual([0, 200, 200]);
    await answer(2, page(301));
    expect([idAt(0), idAt(200)]).toEqual([undefined, 301]);
  });

  it('keeps what it has when a page fails, and can ask for that page again', async () => {
    const { store, answer, idAt, offsets } = createStoreUnderTest();
    void store.getState().refresh();
    await answer(0, page(1));
    void store.getState().show(200, 220);
    await answer(1, failed(failure('unexpected', 'x')));
    expect(store.getState()).toMatchObject({ failure: { code: 'unexpected' }, loading: false });
    expect(idAt(0)).toBe(1);
    void store.getState().show(200, 220);
    expect(offsets()).toEqual([0, 200, 200]);
  });

  it('refreshes once more for all that ended while a refresh was under way', async () => {
    const { store, answer, idAt, offsets } = createStoreUnderTest();
    void store.getState().refresh();
    void store.getState().refresh();
    void store.getState().refresh();
    expect(offsets()).toEqual([0]);
    await answer(0, page(1));
    expect(idAt(0)).toBe(1);
    expect(offsets()).toEqual([0, 0]);
    await answer(1, page(2));
    expect(idAt(0)).toBe(2);
    expect(offsets()).toEqual([0, 0]);
  });

  it('fetches what was scrolled to while a refresh was under way', async () => {
    const { store, answer, idAt, offsets } = createStoreUnderTest();
    void store.getState().refresh();
    await answer(0, page(1));
    void store.getState().show(200, 220);
    await answer(1, page(201));
    void store.getState().show(0, 20);
    void store.getState().refresh();
    void store.getState().show(200, 220);
    await answer(2, page(2));
    expect(offsets()).toEqual([0, 200, 0, 200]);
    await answer(3, page(202));
    expect([idAt(0), idAt(200)]).toEqual([2, 202]);
  });

  it('knows which entry is being checked, and refreshes when that is done', async () => {
    let finish: (answer: Result<'same'>) => void = () => {};
    const { cdr } = createFakeBridge(
      { history: [anEntry()] },
      { history: { checkAgain: () => new Promise((resolve) => (finish = resolve)) } },
    );
    const store = createHistoryStore(cdr);
    const checking = store.getState().checkAgain(1);
    expect([...store.getState().checking]).toEqual([1]);
    finish(ok('same'));
    expect(await checking).toEqual(ok('same'));
    expect(store.getState().checking.size).toBe(0);
    expect(store.getState().loading).toBe(true);
  });

  it('is filtered as soon as one filter is set', () => {
    expect(isFiltered(noFilters)).toBe(false);
    expect(isFiltered({ ...noFilters, from: '2026-03-17' })).toBe(true);
  });
});
