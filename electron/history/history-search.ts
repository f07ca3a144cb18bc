import type { SQLInputValue } from 'node:sqlite';
import { addDays, type Day } from '../contract/calendar.ts';
import type { HistoryQuery } from '../contract/history.ts';
import { foldText } from '../lib/fold-text.ts';

/** A condition for the `history` table and the values of its question marks. */
export interface Condition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

/** What a query asks for, in SQL. `startOf` says when a day begins: milliseconds since 1970, UTC. */
export function conditionOf(query: HistoryQuery, startOf: (day: Day) => number): Condition {
  const parts: [sql: string, value: SQLInputValue][] = foldText(query.text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ['instr(search, ?) > 0', word]);
  if (query.reportId !== null) parts.push(['report_id = ?', query.reportId]);
  if (query.outcome !== null) parts.push(['outcome = ?', query.outcome]);
  if (query.from !== null) parts.push(['ended_at >= ?', startOf(query.from)]);
  if (query.to !== null) parts.push(['ended_at < ?', startOf(addDays(query.to, 1))]);
  return {
    where: parts.length === 0 ? 'TRUE' : parts.map(([sql]) => sql).join(' AND '),
    values: parts.map(([, value]) => value),
  };
}

/** What a query's words are looked for in. Line breaks keep a word from matching across two texts. */
export const searchText = (...texts: readonly string[]): string => foldText(texts.join('\n'));
