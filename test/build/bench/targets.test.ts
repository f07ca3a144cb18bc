import { describe, expect, it } from 'vitest';
import { bestRival, judge, type Outcome, type Target, targets } from '../../../build/bench/targets.ts';

const run = (wall: number, cpu = 1, memory = 50e6) => ({ wall, cpu, memory });

const outcome = (rounds: Outcome['rounds'], engineAtRest: number | null = 40e6): Outcome => ({
  work: 'large',
  way: 'plain',
  rounds,
  engineAtRest,
});

const overCurl: Target = { work: 'large', way: 'plain', figure: 'wall', over: 'curl', atMost: 1 };
const cpuOverCurl: Target = { ...overCurl, figure: 'cpu', atMost: 1.3 };
const growth: Target = { work: 'large', way: 'plain', figure: 'growth', atMost: 10e6 };

describe('a target', () => {
  it('is reached at its limit', () => {
    const [verdict] = judge([outcome({ engine: [run(2)], curl: [run(2)] })], [overCurl]);
    expect(verdict).toEqual({ target: overCurl, value: 1, reached: true });
  });

  it('is missed just above it', () => {
    const [verdict] = judge([outcome({ engine: [run(2.002)], curl: [run(2)] })], [overCurl]);
    expect(verdict?.reached).toBe(false);
  });

  it('for processor time looks at nothing else', () => {
    const rounds = { engine: [run(9, 1.3)], curl: [run(1, 1)] };
    expect(judge([outcome(rounds)], [cpuOverCurl])[0]?.reached).toBe(true);
  });

  it('for memory is about what comes on top of the engine at rest', () => {
    const rounds = { engine: [run(1, 1, 50e6), run(1, 1, 51e6), run(1, 1, 90e6)] };
    const [verdict] = judge([outcome(rounds)], [growth]);
    expect(verdict).toEqual({ target: growth, value: 11e6, reached: false });
  });

  it.each([
    ['the engine failed', { curl: [run(1)] }],
    ['the rival was not there', { engine: [run(1)] }],
  ])('is not reached where %s', (_, rounds) => {
    expect(judge([outcome(rounds)], [overCurl])).toEqual([{ target: overCurl, value: null, reached: false }]);
  });

  it('is left out where its work was not asked for', () => {
    expect(judge([{ ...outcome({}), way: 'tls' }], [overCurl])).toEqual([]);
  });
});

describe('the targets', () => {
  it('hold the engine against curl and aria2 in everything that is measured', () => {
    const limits = targets.flatMap((target) =>
      target.figure === 'wall' ? [`${target.work} ${target.way} ${target.over} ${target.atMost}`] : [],
    );
    expect(limits).toEqual([
      'single plain curl 1',
      'single plain aria2 0.6',
      'large plain curl 1',
      'large plain aria2 0.5',
      'small plain curl 1.5',
      'small plain aria2 0.5',
      'small delay curl 1.05',
      'small delay aria2 1.05',
      'month plain curl 1.05',
      'month plain aria2 0.8',
      'month delay curl 1.05',
      'month delay aria2 0.8',
      'month tls curl 1.1',
      'month tls aria2 0.8',
      'month tls-delay curl 1.1',
      'month tls-delay aria2 0.8',
    ]);
  });
});

describe('the best rival', () => {
  it('is the one with the least median, for each figure by itself', () => {
    const rounds = {
      engine: [run(0.1, 0.1)],
      curl: [run(1, 5), run(1, 5), run(9, 5)],
      wget2: [run(2, 3), run(2, 3), run(2, 3)],
    };
    expect(bestRival(rounds, 'wall')).toBe('curl');
    expect(bestRival(rounds, 'cpu')).toBe('wget2');
  });

  it('is never the plain engine, which is there for orientation', () => {
    expect(bestRival({ plain: [run(1)] }, 'wall')).toBeNull();
  });
});
