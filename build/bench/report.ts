/** How the figures are shown. Pure. MB: 1,000,000 bytes. */
import type { Figures } from './measure.ts';
import { type ProgramName, programs, type RivalName } from './programs.ts';
import { wayTitles } from './scenarios.ts';
import { type Summary, summaryOf } from './statistics.ts';
import { bestRival, memoryGrowth, type Outcome, ratioOf, type Verdict } from './targets.ts';
import { totalBytes, works } from './work.ts';

const programNames: readonly ProgramName[] = ['engine', 'curl', 'wget2', 'aria2', 'plain'];

/** Columns as wide as they need to be; all but the first one to the right. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const range = ({ median, least, most }: Summary, digits: number) =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;

const figureNames = ['wall', 'cpu', 'memory'] as const;

/** The table of one scenario: medians with their range, and how the engine compares with each program. */
export function scenarioTable(outcome: Outcome): string {
  const { work, way, rounds, engineAtRest } = outcome;
  const bytes = totalBytes(works[work].files);
  const engine = rounds.engine;
  const heading = ['', 'wall s', 'MB/s', 'CPU s', 'peak MB'];
  const rows = programNames.flatMap((name) => {
    const figures = rounds[name];
    return figures ? [[...figureCells(programs[name].title, figures, bytes), ...comparison(name)]] : [];
  });

  function comparison(name: ProgramName): readonly string[] {
    const rival = rounds[name];
    if (name === 'engine' || !engine || !rival) return [];
    return figureNames.map((figure) => ratioOf(engine, rival, figure).toFixed(3));
  }

  const best = engine ? [bestRow(rounds, engine)] : [];
  const title = `${works[work].title}, ${wayTitles[way]} (${Math.round(bytes / 1e6)} MB)`;
  const ratioHeading = engine ? ['engine: wall', 'CPU', 'memory'] : [];
  const growth =
    engine && engineAtRest !== null
      ? [
          `engine: memory grows by ${toMB(memoryGrowth(engine, engineAtRest))} MB over ${toMB(engineAtRest)} MB`,
        ]
      : [];
  return [title, layOut([[...heading, ...ratioHeading], ...rows, ...best]), ...growth].join('\n');
}

const toMB = (bytes: number) => (bytes / 1e6).toFixed(0);

function figureCells(title: string, figures: readonly Figures[], bytes: number): readonly string[] {
  const wall = summaryOf(figures.map((each) => each.wall));
  return [
    title,
    range(wall, 2),
    (bytes / 1e6 / wall.median).toFixed(0),
    range(summaryOf(figures.map(({ cpu }) => cpu)), 2),
    range(summaryOf(figures.map(({ memory }) => memory / 1e6)), 0),
  ];
}

/** Each figure against the rival that is best at it. */
function bestRow(rounds: Outcome['rounds'], engine: readonly Figures[]): readonly string[] {
  const cells = figureNames.map((figure) => {
    const best: RivalName | null = bestRival(rounds, figure);
    const rival = best === null ? undefined : rounds[best];
    return best === null || rival === undefined ? '' : `${best} ${ratioOf(engine, rival, figure).toFixed(3)}`;
  });
  return ['best rival', '', '', '', '', ...cells];
}

/** One line a target. */
export function targetTable(verdicts: readonly Verdict[]): string {
  return layOut(
    verdicts.map(({ target, value, reached }) => [
      `${works[target.work].title}, ${wayTitles[target.way]}`,
      target.figure === 'growth' ? 'memory growth' : `${target.figure} over ${programs[target.over].title}`,
      target.figure === 'growth' ? `<= ${toMB(target.atMost)} MB` : `<= ${target.atMost}`,
      value === null ? '-' : target.figure === 'growth' ? `${toMB(value)} MB` : value.toFixed(3),
      value === null ? 'not measured' : reached ? 'reached' : 'MISSED',
    ]),
  );
}
