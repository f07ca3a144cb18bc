/** The figures of the long lists, and what they are held against. Pure. */
import { layOut } from '../report.ts';
import { type Summary, summaryOf } from '../statistics.ts';
import type { StageFigures } from './stage.ts';

/** Milliseconds: longer than this nothing may keep everything else waiting. */
const LONGEST_BLOCK = 50;
/** Seconds: the median of a search. */
const SEARCH_SECONDS = 0.03;

export interface ScaleSummary {
  readonly name: string;
  readonly seconds: Summary;
  readonly memory: Summary | null;
  readonly longestBlock: Summary;
  /** The median of each is what counts: a busy machine holds up any program now and then. */
  readonly reached: boolean;
}

/** Puts the rounds together, stage by stage. */
export function summarizeScale(rounds: readonly (readonly StageFigures[])[]): ScaleSummary[] {
  const [first = []] = rounds;
  return first.map(({ name }, stage) => {
    const all = rounds.flatMap((round) => round[stage] ?? []);
    const memory = all.flatMap((figures) => figures.memory ?? []);
    const seconds = summaryOf(all.map((figures) => figures.seconds));
    const longestBlock = summaryOf(all.map((figures) => figures.longestBlock));
    const isQuick = !name.startsWith('history search') || seconds.median <= SEARCH_SECONDS;
    return {
      name,
      seconds,
      memory: memory.length > 0 ? summaryOf(memory) : null,
      longestBlock,
      reached: isQuick && longestBlock.median <= LONGEST_BLOCK,
    };
  });
}

const show = ({ median, least, most }: Summary, digits: number) =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;

export function scaleTable(summaries: readonly ScaleSummary[]): string {
  return layOut([
    ['', 's', 'memory MB', 'longest block ms', ''],
    ...summaries.map(({ name, seconds, memory, longestBlock, reached }) => [
      name,
      show(seconds, 3),
      memory ? show(scaled(memory, 1e-6), 0) : '',
      show(longestBlock, 0),
      reached ? 'reached' : 'MISSED',
    ]),
  ]);
}

const scaled = ({ median, least, most }: Summary, factor: number): Summary => ({
  median: median * factor,
  least: least * factor,
  most: most * factor,
});
