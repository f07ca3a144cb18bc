/** What the engine is to reach, and whether it did. Pure. */
import type { Figures } from './measure.ts';
import type { RivalName } from './programs.ts';
import type { Scenario, Way } from './scenarios.ts';
import { median, ratio } from './statistics.ts';
import type { WorkName } from './work.ts';

/** What came of one scenario. */
export interface Outcome extends Scenario {
  /** Each program's rounds, in order; a program that failed is not there. */
  readonly rounds: Readonly<Partial<Record<'engine' | RivalName, readonly Figures[]>>>;
  /** Bytes of memory that the engine takes for one file of a few bytes; null when not measured. */
  readonly engineAtRest: number | null;
}

/** Upper limits for the engine. */
export type Target = Scenario & { readonly atMost: number } & (
    | { readonly figure: 'wall' | 'cpu'; readonly over: RivalName }
    | { readonly figure: 'growth' }
  );

const over = (work: WorkName, way: Way, curl: number, aria2: number): Target[] => [
  { work, way, figure: 'wall', over: 'curl', atMost: curl },
  { work, way, figure: 'wall', over: 'aria2', atMost: aria2 },
];

const growth = (work: WorkName, way: Way, megabytes: number): Target => ({
  work,
  way,
  figure: 'growth',
  atMost: megabytes * 1e6,
});

export const targets: readonly Target[] = [
  ...over('single', 'plain', 1, 0.6),
  { work: 'single', way: 'plain', figure: 'cpu', over: 'curl', atMost: 1.3 },
  growth('single', 'plain', 60),
  ...over('large', 'plain', 1, 0.5),
  growth('large', 'plain', 80),
  ...over('small', 'plain', 1.5, 0.5),
  ...over('small', 'delay', 1.05, 1.05),
  ...over('month', 'plain', 1.05, 0.8),
  growth('month', 'plain', 80),
  ...over('month', 'delay', 1.05, 0.8),
  growth('month', 'delay', 80),
  ...over('month', 'tls', 1.1, 0.8),
  ...over('month', 'tls-delay', 1.1, 0.8),
];

export interface Verdict {
  readonly target: Target;
  /** In the unit of the target: a ratio, or bytes. Null: not measured, or the engine failed. */
  readonly value: number | null;
  readonly reached: boolean;
}

/** The targets of the scenarios that were measured. */
export function judge(outcomes: readonly Outcome[], all: readonly Target[] = targets): Verdict[] {
  return all.flatMap((target) => {
    const outcome = outcomes.find(({ work, way }) => work === target.work && way === target.way);
    if (outcome === undefined) return [];
    const value = valueFor(target, outcome);
    return [{ target, value, reached: value !== null && value <= target.atMost }];
  });
}

function valueFor(target: Target, { rounds, engineAtRest }: Outcome): number | null {
  const engine = rounds.engine;
  if (engine === undefined) return null;
  if (target.figure === 'growth') return engineAtRest === null ? null : memoryGrowth(engine, engineAtRest);
  const { figure } = target;
  const rival = rounds[target.over];
  return rival === undefined ? null : ratioOf(engine, rival, figure);
}

/** Bytes: what the work takes beyond what the program itself takes. */
export const memoryGrowth = (engine: readonly Figures[], atRest: number): number =>
  median(engine.map(({ memory }) => memory)) - atRest;

export const ratioOf = (one: readonly Figures[], other: readonly Figures[], figure: keyof Figures): number =>
  ratio(
    one.map((figures) => figures[figure]),
    other.map((figures) => figures[figure]),
  );

/** The rival with the least median of a figure; null when there is none. */
export function bestRival(rounds: Outcome['rounds'], figure: keyof Figures): RivalName | null {
  const candidates = (['curl', 'wget2', 'aria2'] as const).flatMap((name) => {
    const figures = rounds[name];
    return figures ? [{ name, middle: median(figures.map((each) => each[figure])) }] : [];
  });
  const best = candidates.sort((a, b) => a.middle - b.middle)[0];
  return best?.name ?? null;
}
