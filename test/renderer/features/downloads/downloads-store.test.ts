import { describe, expect, it } from 'vitest';
import type { DownloadChanges, DownloadPage } from '../../../../electron/contract/download.ts';
import { failure } from '../../../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../../../electron/contract/result.ts';
import { createDownloadsStore } from '../../../../renderer/features/downloads/downloads-store.ts';
import { aDownload, createFakeBridge, totalsOf } from '../../../fakes/fake-bridge.ts';

const list = (order: number, ...ids: number[]): DownloadPage => {
  const downloads = ids.map((id) => aDownload({ id }));
  return { order, downloads, next: null, totals: totalsOf(downloads), hold: null };
};
/** A page that others follow. */
const page = (order: number, ...ids: number[]): DownloadPage => ({
  ...list(order, ...ids),
  next: ids.at(-1) ?? null,
});
const adding = (order: number, id: number): DownloadChanges => ({
  order,
  changed: [aDownload({ id })],
  removed: [],
  totals: totalsOf([]),
  hold: null,
});

function createStoreUnderTest() {
  const answers: ((answer: Result<DownloadPage>) => void)[] = [];
  const after: (number | null)[] = [];
  const { cdr, emit } = createFakeBridge(
    {},
    {
      downloads: {
        list(asked) {
          after.push(asked.after);
          return new Promise((resolve) => answers.push(resolve));
        },
      },
    },
  );
  const store = createDownloadsStore(cdr);
  return {
    store,
    emit,
    asked: () => after.length,
    after,
    ids: () => store.getState().queue?.downloads.map(({ id }) => id),
    answer: async (place: number, result: Result<DownloadPage>) => {
      answers[place]?.(result);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

describe('the mirror of the queue', () => {
  it('applies batches that came while the list was on its way, but none that the list holds already', async () => {
    const { emit, answer, ids } = createStoreUnderTest();
    emit('downloads.changed', adding(4, 40));
    emit('downloads.changed', adding(5, 50));
    await answer(0, ok(list(4, 1, 40)));
    expect(ids()).toEqual([1, 40, 50]);
  });

  it('fetches the list again when a batch was missed, showing the old one meanwhile', async () => {
    const { emit, answer, ids, asked } = createStoreUnderTest();
    await answer(0, ok(list(1, 1)));
    emit('downloads.changed', adding(3, 3));
    expect(asked()).toBe(2);
    expect(ids()).toEqual([1]);
    await answer(1, ok(list(2, 1, 2)));
    expect(ids()).toEqual([1, 2, 3]);
  });

  it('loads page after page, and shows them together', async () => {
    const { answer, after, ids } = createStoreUnderTest();
    await answer(0, ok(page(1, 1, 2)));
    expect(ids()).toBeUndefined();
    await answer(1, ok(page(1, 3, 4)));
    await answer(2, ok(list(1, 5)));
    expect(after).toEqual([null, 2, 4]);
    expect(ids()).toEqual([1, 2, 3, 4, 5]);
  });

  it('applies batches that came between two pages', async () => {
    const { emit, answer, ids } = createStoreUnderTest();
    await answer(0, ok(page(1, 1, 2)));
    emit('downloads.changed', { ...adding(2, 9), removed: [1] });
    await answer(1, ok(list(2, 3, 9)));
    expect(ids()).toEqual([2, 3, 9]);
  });

  it('fetches all pages again when a batch was missed between two of them', async () => {
    const { emit, answer, after, ids } = createStoreUnderTest();
    await answer(0, ok(page(1, 1, 2)));
    emit('downloads.changed', adding(3, 9));
    await answer(1, ok(list(3, 3, 9)));
    expect(after).toEqual([null, 2, null]);
    await answer(2, ok(list(3, 1, 3, 9)));
    expect(ids()).toEqual([1, 3, 9]);
  });

  it('asks for the list once, however many batches come meanwhile', () => {
    const { emit, asked } = createStoreUnderTest();
    for (let order = 1; order < 20; order += 1) emit('downloads.changed', adding(order, order));
    expect(asked()).toBe(1);
  });

  it('tells a failure, and tries again with the next batch', async () => {
    const { store, emit, answer, asked, ids } = createStoreUnderTest();
    await answer(0, failed(failure('unexpected', 'x')));
    expect(store.getState()).toMatchObject({ queue: null, failure: { code: 'unexpected' }, loading: false });
    emit('downloads.changed', adding(1, 1));
    expect(asked()).toBe(2);
    await answer(1, ok(list(1, 1)));
    expect(store.getState().failure).toBeNull();
    expect(ids()).toEqual([1]);
  });
});
