import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import { createMirror } from '../../../renderer/bridge/mirror.ts';

/** A main process whose answers the test gives by hand. */
function createSource() {
  const answers: ((answer: Result<string>) => void)[] = [];
  let listener: (value: string) => void = () => {};
  const order: string[] = [];
  const mirror = createMirror<string>(
    (given) => {
      order.push('subscribe');
      listener = given;
      return () => {};
    },
    () => {
      order.push('load');
      return new Promise((resolve) => answers.push(resolve));
    },
  );
  const answer = async (place: number, result: Result<string>) => {
    answers[place]?.(result);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { mirror, order, answer, push: (value: string) => listener(value) };
}

describe('a mirror', () => {
  it('subscribes before it loads, so that no change falls between', () => {
    expect(createSource().order).toEqual(['subscribe', 'load']);
  });

  it('holds what was loaded', async () => {
    const { mirror, answer } = createSource();
    expect(mirror.getState()).toMatchObject({ value: null, loading: true });
    await answer(0, ok('one'));
    expect(mirror.getState()).toMatchObject({ value: 'one', failure: null, loading: false });
  });

  it('drops an answer that a change has overtaken', async () => {
    const { mirror, answer, push } = createSource();
    push('newer');
    await answer(0, ok('older'));
    expect(mirror.getState()).toMatchObject({ value: 'newer', loading: false });
  });

  it('drops the answer of an older load', async () => {
    const { mirror, answer } = createSource();
    void mirror.getState().reload();
    await answer(1, ok('second'));
    await answer(0, ok('first'));
    expect(mirror.getState().value).toBe('second');
  });

  it('keeps a known value when a reload fails, and tells the failure', async () => {
    const { mirror, answer } = createSource();
    await answer(0, ok('one'));
    void mirror.getState().reload();
    await answer(1, failed(failure('unexpected', 'x')));
    expect(mirror.getState()).toMatchObject({
      value: 'one',
      failure: { code: 'unexpected' },
      loading: false,
    });
  });

  it('forgets a failure with the next value', async () => {
    const { mirror, answer, push } = createSource();
    await answer(0, failed(failure('unexpected', 'x')));
    push('one');
    expect(mirror.getState()).toMatchObject({ value: 'one', failure: null });
  });
});
