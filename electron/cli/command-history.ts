import { existsSync } from 'node:fs';
import { type HistoryEntry, historyQuerySchema } from '../contract/history.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { createHistoryStore, type HistoryStore } from '../history/history-store.ts';
import { type Database, openDatabase } from '../lib/database.ts';
import type { CliContext } from './context.ts';
import { type Ending, ended, failedWith, misused } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { formatMoment, formatSize, plural } from './format.ts';
import { explainOptions, type HistoryOptions, historySchema } from './options.ts';
import { outcomeWords } from './outcome-words.ts';
import { explainRecords, recordsFile } from './records.ts';
import { shortFailure } from './words.ts';

/** Searches the record of all downloads, the newest first, as the window's screen does. */
export async function searchHistory(
  typed: Readonly<Record<string, unknown>>,
  { output, dataFolder }: CliContext,
): Promise<Ending> {
  const options = historySchema.safeParse(typed);
  if (!options.success) return misused(explainOptions(options.error));
  const { report, system, account, ...words } = options.data;
  const query = historyQuerySchema.parse({ ...words, reportId: report ?? null });
  // Looking is not to leave anything where nothing has been.
  if (!existsSync(recordsFile(dataFolder))) return toEnding(0, 0);
  let database: Database | null = null;
  try {
    database = openDatabase(recordsFile(dataFolder));
    const history = createHistoryStore(database);
    const whose = keysOf(history, { system, account });
    if (!whose.ok) return misused(whose.failure);
    const { entries, total, reports } = history.search(query, whose.value);
    if (report !== undefined && !reports.some(({ id }) => id === report)) {
      const ids = reports.map(({ id }) => id);
      return misused(notInHistory('--report', report, ids));
    }
    for (const entry of entries) output.line({ entry: toFacts(entry) }, () => toText(entry));
    return toEnding(total, entries.length);
  } catch (error) {
    return failedWith(explainRecords(error));
  } finally {
    database?.close();
  }
}

/**
 * The keys of the accounts that fit: a name may be one of several systems. Undefined: of all. Fails with what to say to
 * a person.
 */
function keysOf(
  history: HistoryStore,
  { system, account }: Pick<HistoryOptions, 'system' | 'account'>,
): Result<string[] | undefined, string> {
  if (system === undefined && account === undefined) return ok(undefined);
  const accounts = history.accounts();
  const ofSystem = accounts.filter(({ provider }) => system === undefined || provider === system);
  if (system !== undefined && ofSystem.length === 0) {
    const systems = accounts.map(({ provider }) => provider);
    return failed(notInHistory('--system', system, systems));
  }
  const fitting = ofSystem.filter(({ name }) => account === undefined || name === account);
  if (account !== undefined && fitting.length === 0) {
    const names = ofSystem.map(({ name }) => name);
    return failed(notInHistory('--account', account, names));
  }
  return ok(fitting.map(({ key }) => key));
}

const notInHistory = (option: string, given: string, there: readonly string[]): string =>
  `${option} ${given} is not in the history. There are: ${[...new Set(there)].join(', ') || 'none'}.`;

const toEnding = (total: number, shown: number): Ending =>
  ended(
    total === 0 ? exitCodes.nothingFound : exitCodes.good,
    { total, shown },
    shown < total
      ? `The newest ${shown} of ${plural(total, 'entry', 'entries')}.`
      : plural(total, 'entry', 'entries'),
  );

const toFacts = (entry: HistoryEntry) => ({
  file: entry.name,
  outcome: entry.outcome,
  failure: entry.failureCode,
  path: entry.path,
  attempts: entry.attempts,
  provider: entry.provider,
  account: entry.accountName,
  report: entry.reportId,
  title: entry.reportTitle,
  startedAt: new Date(entry.startedAt).toISOString(),
  endedAt: new Date(entry.endedAt).toISOString(),
  sizeExpected: entry.sizeExpected,
  size: entry.size,
  md5Expected: entry.md5Expected,
  md5: entry.md5,
  notes: entry.notes,
  lastCheck: entry.lastCheck && { ...entry.lastCheck, at: new Date(entry.lastCheck.at).toISOString() },
});

function toText({ endedAt, outcome, path, size, failureCode }: HistoryEntry): string {
  const detail = failureCode === null ? formatSize(size) : shortFailure(failureCode);
  return `${formatMoment(endedAt)}  ${outcomeWords[outcome].padEnd(14)} ${path}  ${detail}`;
}
