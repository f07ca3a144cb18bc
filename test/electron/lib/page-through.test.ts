import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import { type PageOf, pageThrough } from '../../../electron/lib/page-through.ts';

interface Item {
  readonly id: string;
  readonly version?: number;
}
type Answer = { ids: string[]; total: number | null; version?: number };

/** Answers with the pages one after the other; after the last one with empty pages. Notes what was asked. */
function scripted(pages: Answer[]) {
  const asked: (string | null)[] = [];
  const ask = async (cursor: string | null): Promise<Result<PageOf<Item>>> => {
    const page = pages[asked.length] ?? { ids: [], total: pages.at(-1)?.total ?? null };
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    return ok({
      items: page.ids.map((id) => (page.version === undefined ? { id } : { id, version: page.version })),
      next: page.ids.length === 0 ? null : String(from + page.ids.length),
      announced: page.total,
    });
  };
  return { ask, asked };
}

async function read(pages: Answer[]) {
  const script = scripted(pages);
  const result = await pageThrough({ ask: script.ask, idOf: (item) => item.id });
  if (!result.ok) throw new Error(result.failure.code);
  return { ids: result.value.items.map((item) => item.id), ...result.value, asked: script.asked };
}

describe('pageThrough', () => {
  it('goes on behind the items that came, until all that were announced are there', async () => {
    const { ids, asked } = await read([
      { ids: ['a', 'b'], total: 5 },
      { ids: ['c'], total: 5 },
      { ids: ['d', 'e'], total: 5 },
    ]);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked).toEqual([null, '2', '3']);
  });

  it('asks once when the first page has everything', async () => {
    expect((await read([{ ids: ['a'], total: 1 }])).asked).toEqual([null]);
  });

  it('asks once when there is nothing', async () => {
    const { ids, asked, announced } = await read([{ ids: [], total: 0 }]);
    expect({ ids, asked, announced }).toEqual({ ids: [], asked: [null], announced: 0 });
  });

  it('goes by the newest number when it grows on the way', async () => {
    const { ids, announced } = await read([
      { ids: ['a', 'b'], total: 3 },
      { ids: ['c'], total: 4 },
      { ids: ['d'], total: 4 },
    ]);
    expect(ids).toEqual(['a', 'b', 'c', 'd']);
    expect(announced).toBe(4);
  });

  it('goes by the newest number when it shrinks on the way', async () => {
    const { asked, announced } = await read([
      { ids: ['a', 'b'], total: 5 },
      { ids: ['c'], total: 3 },
      { ids: ['never'], total: 3 },
    ]);
    expect(asked).toEqual([null, '2']);
    expect(announced).toBe(3);
  });

  it('counts a repeated id once and keeps what was read last', async () => {
    const { items } = await read([
      { ids: ['a', 'b'], total: 3, version: 1 },
      { ids: ['b', 'c'], total: 3, version: 2 },
    ]);
    expect(items).toEqual([
      { id: 'a', version: 1 },
      { id: 'b', version: 2 },
      { id: 'c', version: 2 },
    ]);
  });

  it('stops at a page that brings nothing new, and reads once more from the beginning', async () => {
    const { ids, asked, announced } = await read([
      { ids: ['a', 'b'], total: 4 },
      { ids: ['b', 'a'], total: 4 },
      { ids: ['a', 'c'], total: 4 },
      { ids: ['b'], total: 4 },
    ]);
    expect(asked).toEqual([null, '2', null, '2', '3']);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(announced).toBe(4);
  });

  it('stops the second reading as soon as nothing is missing any more', async () => {
    const { ids, asked } = await read([
      { ids: ['a'], total: 2 },
      { ids: [], total: 2 },
      { ids: ['b'], total: 2 },
      { ids: ['never'], total: 2 },
    ]);
    expect(ids).toEqual(['a', 'b']);
    expect(asked).toEqual([null, '1', null]);
  });

  it('reads to the first empty page where no number is announced', async () => {
    const { ids, asked, announced } = await read([
      { ids: ['a'], total: null },
      { ids: ['b'], total: null },
    ]);
    expect(ids).toEqual(['a', 'b']);
    expect(asked).toEqual([null, '1', '2']);
    expect(announced).toBe(2);
  });

  it('does not follow a list that never ends for ever', async () => {
    let pages = 0;
    const result = await pageThrough({
      ask: async () => ok({ items: [String(pages++)], next: 'more', announced: 1000 }),
      idOf: (id) => id,
      mostPages: 7,
    });
    expect(result.ok && result.value.items).toHaveLength(7);
    expect(pages).toBe(7);
  });

  it('says that nobody knows what else there is when it gives up', async () => {
    let pages = 0;
    const endless = (announced: number | null) =>
      pageThrough({
        ask: async () => ok({ items: [String(pages++)], next: 'more', announced }),
        idOf: (id) => id,
        mostPages: 3,
      });
    expect(await endless(null)).toMatchObject({ value: { announced: 3, reachedEnd: false } });
    expect(await endless(3)).toMatchObject({ value: { announced: 3, reachedEnd: true } });
    expect(await read([{ ids: ['a'], total: null }])).toMatchObject({ reachedEnd: true });
  });

  it('ends early once it has what was looked for, however many are announced', async () => {
    const script = scripted([
      { ids: ['a', 'b'], total: 9 },
      { ids: ['c', 'd'], total: 9 },
      { ids: ['e'], total: 9 },
    ]);
    await pageThrough({ ask: script.ask, idOf: (item) => item.id, isEnough: (item) => item.id === 'c' });
    expect(script.asked).toEqual([null, '2']);
  });

  it('tells after each page how far it is', async () => {
    const told: unknown[] = [];
    const { ask } = scripted([
      { ids: ['a', 'b'], total: 3 },
      { ids: ['b', 'c'], total: 3 },
    ]);
    await pageThrough({ ask, idOf: (item) => item.id, onPage: (...count) => told.push(count) });
    expect(told).toEqual([
      [2, 3],
      [3, 3],
    ]);
  });

  it.each([1, 2, 3])('ends with the failure of page %i', async (failing) => {
    let page = 0;
    const result = await pageThrough({
      ask: async () =>
        ++page === failing
          ? failed(failure('service-down', 'test'))
          : ok({ items: [String(page)], next: 'more', announced: 3 }),
      idOf: (id) => id,
    });
    expect(result).toMatchObject({ ok: false, failure: { code: 'service-down' } });
  });

  it('lists everything exactly once, whatever size the pages turn out to have', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (total, sizes) => {
          const all = Array.from({ length: total }, (_, i) => `file ${i}`);
          let asked = 0;
          const result = await pageThrough({
            ask: async (cursor) => {
              const from = Number(cursor ?? 0);
              const items = all.slice(from, from + (sizes[asked++ % sizes.length] ?? 1));
              return ok({
                items,
                next: items.length === 0 ? null : String(from + items.length),
                announced: total,
              });
            },
            idOf: (id) => id,
          });
          expect(result).toEqual(ok({ items: all, announced: total, reachedEnd: true }));
        },
      ),
    );
  });
});
