import { describe, expect, it } from 'vitest';
import { readAccount } from '../../../build/bench/measure.ts';
import { orderIn } from '../../../build/bench/run-scenario.ts';

describe('a round', () => {
  it('has another program first each time, so that no place in it is an advantage', () => {
    const names = ['engine', 'curl', 'aria2'];
    expect([0, 1, 2, 3].map((round) => orderIn(round, names).join(' '))).toEqual([
      'engine curl aria2',
      'curl aria2 engine',
      'aria2 engine curl',
      'engine curl aria2',
    ]);
  });
});

describe('the account of a run', () => {
  it('adds up processor time, and has memory in bytes', () => {
    expect(readAccount('1.25 0.50 2048\n')).toEqual({ cpu: 1.75, memory: 2048 * 1024 });
  });

  it('is in the last line, behind what else was to be said', () => {
    expect(readAccount('Command terminated by signal 15\n0.10 0.20 1\n').memory).toBe(1024);
  });
});
