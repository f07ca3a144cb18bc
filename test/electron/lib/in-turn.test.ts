import { describe, expect, it } from 'vitest';
import { createInTurn, inTurnUnlessStopped } from '../../../electron/lib/in-turn.ts';

describe('work in turn', () => {
  it('begins when what was asked for before has ended', async () => {
    const inTurn = createInTurn();
    const steps: string[] = [];
    let end = () => {};
    const first = inTurn(async () => {
      steps.push('first begins');
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      steps.push('first ends');
    });
    const second = inTurn(async () => void steps.push('second'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toEqual(['first begins']);
    end();
    await Promise.all([first, second]);
    expect(steps).toEqual(['first begins', 'first ends', 'second']);
  });

  it('is left at once by whoever is stopped before, and by nobody after', async () => {
    const inTurn = createInTurn();
    let end = () => {};
    const first = inTurn(() => new Promise<void>((resolve) => (end = resolve)));
    const [stopped, late] = [new AbortController(), new AbortController()];
    const done: string[] = [];
    const second = inTurnUnlessStopped(inTurn, stopped.signal, async () => done.push('second'));
    const third = inTurnUnlessStopped(inTurn, late.signal, async () => {
      late.abort();
      return 'third';
    });
    stopped.abort();
    expect(await second).toBeNull();
    end();
    await first;
    expect(await third).toBe('third');
    expect(await inTurnUnlessStopped(inTurn, stopped.signal, async () => done.push('fourth'))).toBeNull();
    expect(done).toEqual([]);
  });

  it('is done although what came before it failed, and fails for its own caller only', async () => {
    const inTurn = createInTurn();
    const first = inTurn(() => Promise.reject(new Error('no')));
    const second = inTurn(async () => 'done');
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe('done');
  });
});
