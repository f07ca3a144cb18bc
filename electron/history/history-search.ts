import type { SQLInputValue } from 'node:sqlite';
import { addDays, type Day } from '../contract/calendar.ts';
import type { HistoryQuery } from '../contract/history.ts';
import { foldText } from '../lib/fold-text.ts';

/** A condition for the `history_search` table and the values of its question marks. */
export interface Condition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

/** What to look for. `accountKeys`: of these accounts alone; null: of all. */
export type HistorySearch = Omit<HistoryQuery, 'accountKey'> & {
  readonly accountKeys: readonly string[] | null;
};

/** How many of the contexts hold a word. What need not be looked at in every row is left out of the condition. */
export type ContextsWith = (word: string) => 'none' | 'some' | 'all';

/** What a query asks for, in SQL. `startOf` says when a day begins: milliseconds since 1970, UTC. */
export function conditionOf(
  query: HistorySearch,
  startOf: (day: Day) => number,
  contextsWith: ContextsWith,
): Condition {
  const parts: [sql: string, ...values: SQLInputValue[]][] = [];
  if (query.from !== null) parts.push(['ended_at >= ?', startOf(query.from)]);
  if (query.to !== null) parts.push(['ended_at < ?', startOf(addDays(query.to, 1))]);
  if (query.outcome !== null) parts.push(['outcome = ?', query.outcome]);
  if (query.reportId !== null) parts.push([inContexts('report_id = ?'), query.reportId]);
  if (query.accountKeys !== null) {
    const isOne = inContexts('account_key IN (SELECT value FROM json_each(?))');
    parts.push([isOne, JSON.stringify(query.accountKeys)]);
  }
  for (const word of wordsOf(query.text)) {
    const inName = 'instr(name, ?) > 0';
    const contexts = contextsWith(word);
    if (contexts === 'none') parts.push([inName, word]);
    if (contexts === 'some') parts.push([`(${inContexts('instr(search, ?) > 0')} OR ${inName})`, word, word]);
  }
  return {
    where: parts.length === 0 ? 'TRUE' : parts.map(([sql]) => sql).join(' AND '),
    values: parts.flatMap(([, ...values]) => values),
  };
}

/** SQLite looks the contexts up once for all rows. */
const inContexts = (where: string): string =>
  `context_id IN (SELECT id FROM history_contexts WHERE ${where})`;

/** A path is looked for by its parts, because folder and name are looked through apart. */
const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[\s/\\]+/)
    .filter((word) => word !== '');

/** What words are looked for in, besides the name. Line breaks keep a word from matching across two texts. */
export const contextText = (...texts: readonly string[]): string => foldText(texts.join('\n'));
