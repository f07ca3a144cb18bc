/** The figures of the long lists, and what they are held against. Pure. */
import { layOut } from '../report.ts';
import { type Summary, summaryOf } from '../statistics.ts';
import { MOST_RECORDS, RECORDS_BY_RIVAL, RECORDS_TO_CSV, recordsToCsv, type StageFigures } from './stage.ts';

/** Milliseconds: longer than this nothing may keep everything else waiting. */
const LONGEST_BLOCK = 50;
/** Seconds: the median of a search. */
const SEARCH_SECONDS = 0.03;
/** The records' time over that of the library that writes them from memory. */
const RECORDS_OVER_RIVAL = 1.3;
/** Bytes: what making a CSV may take besides the program itself, whatever the number of records. */
const RECORDS_MEMORY = 300_000_000;
/** Bytes by which four times as many records may take more: 80 a record, most of them for its id. */
const RECORDS_GROWTH = 60_000_000;
/** How many records the most of them are compared with. */
const FEWER_RECORDS = MOST_RECORDS / 4;

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
  const rival = median(figuresOf(rounds, RECORDS_BY_RIVAL).map(({ seconds }) => seconds));
  const isFlat = recordsAreFlat(rounds);
  return first.map(({ name }, stage) => {
    const all = rounds.flatMap((round) => round[stage] ?? []);
    const memory = all.flatMap((figures) => figures.memory ?? []);
    const seconds = summaryOf(all.map((figures) => figures.seconds));
    const longestBlock = summaryOf(all.map((figures) => figures.longestBlock));
    const most = name === RECORDS_TO_CSV ? RECORDS_OVER_RIVAL * rival : SEARCH_SECONDS;
    const isTimed = name === RECORDS_TO_CSV || name.startsWith('history search');
    const isQuick = !isTimed || seconds.median <= most;
    const isSmall = name !== RECORDS_TO_CSV || isFlat;
    return {
      name,
      seconds,
      memory: memory.length > 0 ? summaryOf(memory) : null,
      longestBlock,
      reached: isQuick && isSmall && longestBlock.median <= LONGEST_BLOCK,
    };
  });
}

/** True where the most records take little memory, and hardly more than fewer of them. */
function recordsAreFlat(rounds: readonly (readonly StageFigures[])[]): boolean {
  const memoryOf = (name: string) => figuresOf(rounds, name).flatMap(({ memory }) => memory ?? []);
  const most = memoryOf(RECORDS_TO_CSV);
  const growth = median(most) - median(memoryOf(recordsToCsv(FEWER_RECORDS)));
  return Math.max(0, ...most) <= RECORDS_MEMORY && growth <= RECORDS_GROWTH;
}

const figuresOf = (rounds: readonly (readonly StageFigures[])[], wanted: string): StageFigures[] =>
  rounds.flat().filter(({ name }) => name === wanted);

const median = (values: readonly number[]): number => (values.length === 0 ? 0 : summaryOf(values).median);

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
