/** What came of the faults, as a table for people. */
import type { Ending, FaultRow } from './rows.ts';

export interface Played {
  readonly row: FaultRow;
  readonly fresh?: Ending;
  readonly resumed?: Ending;
}

/** In Markdown, its columns aligned. */
export function faultTable(played: readonly Played[]): string {
  const head = ['fault', 'fresh', 'attempts', 'requests', 'resumed', 'attempts', 'requests'];
  const lines = played.map(({ row, fresh, resumed }) => [row.fault, ...cells(fresh), ...cells(resumed)]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const toLine = (values: readonly string[]) =>
    `| ${values.map((value, column) => value.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [toLine(head), toLine(widths.map((width) => '-'.repeat(width))), ...lines.map(toLine), ''].join(
    '\n',
  );
}

const cells = (ending: Ending | undefined): string[] =>
  ending ? [ending.end, String(ending.attempts), String(ending.requests)] : ['–', '–', '–'];
