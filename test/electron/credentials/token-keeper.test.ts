import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import { createTokenKeeper, type Token } from '../../../electron/credentials/token-keeper.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const { signal } = new AbortController();
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A keeper whose sign-ins end when the test says so. Token values are `token 1`, `token 2` and so on. */
function setUp() {
  const clock = createFakeClock(0);
  const runs: { readonly signal: AbortSignal; answer(result: Result<Token>): void }[] = [];
  const keeper = createTokenKeeper({
    clock,
    obtain: (runSignal) => new Promise((answer) => runs.push({ signal: runSignal, answer })),
  });
  const succeed = (run: number) =>
    runs[run - 1]?.answer(ok({ value: `token ${run}`, expiresAt: 1000 * run }));
  /** Gets a token with the sign-in that this takes. */
  const getNext = async () => {
    const got = keeper.get(signal);
    await turn();
    succeed(runs.length);
    return got;
  };
  return { clock, keeper, runs, succeed, getNext };
}

describe('the token of an account', () => {
  it('is got once for twenty who ask at the same time', async () => {
    const { keeper, runs, succeed } = setUp();
    const all = Promise.all(Array.from({ length: 20 }, () => keeper.get(signal)));
    await turn();
    expect(runs).toHaveLength(1);
    succeed(1);
    expect(await all).toEqual(Array(20).fill(ok({ value: 'token 1', expiresAt: 1000 })));
  });

  it('is kept until it runs out', async () => {
    const { clock, keeper, runs, getNext } = setUp();
    await getNext();
    clock.set(999);
    expect(await keeper.get(signal)).toMatchObject({ value: { value: 'token 1' } });
    expect(runs).toHaveLength(1);
    clock.set(1000);
    expect(await getNext()).toMatchObject({ value: { value: 'token 2' } });
  });

  it('is got anew once when twenty are told that it is refused', async () => {
    const { keeper, runs, succeed, getNext } = setUp();
    await getNext();
    const all = Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        if (i % 3 === 0) await turn();
        keeper.refused('token 1');
        return keeper.get(signal);
      }),
    );
    await turn();
    await turn();
    expect(runs).toHaveLength(2);
    succeed(2);
    for (const result of await all) expect(result).toMatchObject({ value: { value: 'token 2' } });
  });

  it('stays when the refusal is about an older one', async () => {
    const { keeper, runs, getNext } = setUp();
    await getNext();
    keeper.refused('token 1');
    await getNext();
    keeper.refused('token 1');
    expect(await keeper.get(signal)).toMatchObject({ value: { value: 'token 2' } });
    expect(runs).toHaveLength(2);
  });

  it('is not asked for again after a refused password, until that is reset', async () => {
    const { keeper, runs, getNext } = setUp();
    const refused = failed(failure('sign-in-refused', '401'));
    const both = [keeper.get(signal), keeper.get(signal)];
    await turn();
    runs[0]?.answer(refused);
    expect(await Promise.all(both)).toEqual([refused, refused]);
    expect(await keeper.get(signal)).toEqual(refused);
    expect(runs).toHaveLength(1);
    keeper.reset();
    expect(await getNext()).toMatchObject({ value: { value: 'token 2' } });
  });

  it('is asked for again after any other failure', async () => {
    const { keeper, runs, getNext } = setUp();
    const offline = failed(failure('host-not-found', 'ENOTFOUND'));
    const first = keeper.get(signal);
    await turn();
    runs[0]?.answer(offline);
    expect(await first).toEqual(offline);
    expect(await getNext()).toMatchObject({ value: { value: 'token 2' } });
  });

  it('still comes for the others when one of them stops waiting', async () => {
    const { keeper, runs, succeed } = setUp();
    const controller = new AbortController();
    const stopped = keeper.get(controller.signal);
    const waiting = keeper.get(signal);
    await turn();
    controller.abort();
    expect(await stopped).toMatchObject({ failure: { code: 'cancelled' } });
    expect(runs[0]?.signal.aborted).toBe(false);
    succeed(1);
    expect(await waiting).toMatchObject({ value: { value: 'token 1' } });
  });

  it('stops being asked for when nobody waits any more', async () => {
    const { keeper, runs } = setUp();
    const controller = new AbortController();
    const stopped = keeper.get(controller.signal);
    await turn();
    controller.abort();
    expect(await stopped).toMatchObject({ failure: { code: 'cancelled' } });
    expect(runs[0]?.signal.aborted).toBe(true);
  });

  it('that came although everybody had left is used by the next', async () => {
    const { keeper, runs, succeed } = setUp();
    const controller = new AbortController();
    const stopped = keeper.get(controller.signal);
    await turn();
    controller.abort();
    await stopped;
    const next = keeper.get(signal);
    succeed(1);
    expect(await next).toMatchObject({ value: { value: 'token 1' } });
    expect(runs).toHaveLength(1);
  });

  it('from a sign-in before a reset is not used after it', async () => {
    const { keeper, succeed, getNext } = setUp();
    const before = keeper.get(signal);
    await turn();
    keeper.reset();
    succeed(1);
    await before;
    expect(await getNext()).toMatchObject({ value: { value: 'token 2' } });
  });
});
