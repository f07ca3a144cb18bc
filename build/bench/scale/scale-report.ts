/** The figures of the long lists, and what they are held against. Pure. */
import { layOut } from '../report.ts';
import { type Summary, summaryOf } from '../statistics.ts';
import { RECORDS_BY_RIVAL, RECORDS_TO_CSV, type StageFigures } from './stage.ts';

/** Milliseconds: longer than this nothing may keep everything else waiting. */
const LONGEST_BLOCK = 50;
/** Seconds: the median of a search. */
const SEARCH_SECONDS = 0.03;
/** The records' time over that of the library that writes them from memory. */
const RECORDS_OVER_RIVAL = 1.3;
/** Bytes: what is "flat", whatever the number of records. */
const RECORDS_MEMORY = 200_000_000;

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
  const rival = medianSeconds(rounds, RECORDS_BY_RIVAL);
  return first.map(({ name }, stage) => {
    const all = rounds.flatMap((round) => round[stage] ?? []);
    const memory = all.flatMap((figures) => figures.memory ?? []);
    const seconds = summaryOf(all.map((figures) => figures.seconds));
    const longestBlock = summaryOf(all.map((figures) => figures.longestBlock));
    const most = name === RECORDS_TO_CSV ? RECORDS_OVER_RIVAL * rival : SEARCH_SECONDS;
    const isTimed = name === RECORDS_TO_CSV || name.startsWith('history search');
    const isFlat = name !== RECORDS_TO_CSV || Math.max(...memory) <= RECORDS_MEMORY;
    const isQuick = (!isTimed || seconds.median <= most) && isFlat;
    return {
      name,
      seconds,
      memory: memory.length > 0 ? summaryOf(memory) : null,
      longestBlock,
      reached: isQuick && longestBlock.median <= LONGEST_BLOCK,
    };
  });
}

function medianSeconds(rounds: readonly (readonly StageFigures[])[], name: string): number {
  const all = rounds.flat().filter((figures) => figures.name === name);
  return all.length === 0 ? 0 : summaryOf(all.map(({ seconds }) => seconds)).median;
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
