/** What a search of the history looks through: apart from the history, and small. */
import { dirname } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import type { Day } from '../contract/calendar.ts';
import type { HistoryEntry } from '../contract/history.ts';
import type { Database } from '../lib/database.ts';
import { foldText } from '../lib/fold-text.ts';
import { number, type Row } from '../lib/read-row.ts';
import { type Condition, conditionOf, contextText, type HistorySearch } from './history-search.ts';

export interface SearchIndex {
  /** To be called for every new entry, in the transaction that adds it. */
  add(entry: HistoryEntry, accountKey: string): void;
  /** One page of the rows that match, newest first, and how many match in all. */
  search(query: HistorySearch): { readonly total: number; readonly rows: readonly Row[] };
}

/** `startOf` says when a day begins: milliseconds since 1970, UTC. */
export function createSearchIndex(database: Database, startOf: (day: Day) => number): SearchIndex {
  const insert = database.prepare('INSERT INTO history_search VALUES (?, ?, ?, ?, ?)');
  const contextBy = database.prepare(
    'SELECT id FROM history_contexts WHERE search = ? AND report_id = ? AND account_key = ?',
  );
  const insertContext = database.prepare(
    'INSERT INTO history_contexts (search, report_id, account_key) VALUES (?, ?, ?)',
  );
  const countContexts = database.prepare(
    'SELECT count(*) AS contexts, total(instr(search, ?) > 0) AS found FROM history_contexts',
  );

  function contextOf({ path, reportTitle, accountName, reportId }: HistoryEntry, accountKey: string): number {
    const context = [contextText(dirname(path), reportTitle, accountName), reportId, accountKey];
    const known = contextBy.get(...context);
    return known ? number(known, 'id') : Number(insertContext.run(...context).lastInsertRowid);
  }

  function contextsWith(word: string): 'none' | 'some' | 'all' {
    const counted = countContexts.get(word);
    const found = Number(counted?.found);
    if (found === 0) return 'none';
    return found === Number(counted?.contexts) ? 'all' : 'some';
  }

  function pageOf({ where, values }: Condition, { limit, offset }: HistorySearch): Row[] {
    return database
      .prepare(
        `SELECT * FROM history WHERE id IN (
           SELECT id FROM history_search WHERE ${where} ORDER BY ended_at DESC, id DESC LIMIT ? OFFSET ?
         ) ORDER BY ended_at DESC, id DESC`,
      )
      .all(...values, limit, offset);
  }

  function count(where: string, values: readonly SQLInputValue[]): number {
    const counted = database.prepare(`SELECT count(*) AS total FROM history_search WHERE ${where}`);
    return Number(counted.get(...values)?.total);
  }

  /** What was passed over on the way to the page is not looked at again. */
  function totalOf(
    { where, values }: Condition,
    { limit, offset }: HistorySearch,
    page: readonly Row[],
  ): number {
    const last = page.at(-1);
    if (page.length < limit && (last || offset === 0)) return offset + page.length;
    if (!last || offset === 0) return count(where, values);
    const place = [number(last, 'ended_at'), number(last, 'id')];
    return offset + page.length + count(`(ended_at, id) < (?, ?) AND ${where}`, [...place, ...values]);
  }

  return {
    add(entry, accountKey) {
      insert.run(entry.endedAt, entry.id, contextOf(entry, accountKey), entry.outcome, foldText(entry.name));
    },

    search(query) {
      const condition = conditionOf(query, startOf, contextsWith);
      const rows = pageOf(condition, query);
      return { rows, total: totalOf(condition, query, rows) };
    },
  };
}
