/**
 * The history's tables, as numbered migrations: what has been published is never changed, later ones are added behind
 * it.
 */

const FIRST = `
  CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    provider TEXT NOT NULL,
    account_name TEXT NOT NULL,
    report_id TEXT NOT NULL,
    report_title TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    size_expected INTEGER,
    size INTEGER,
    md5_expected TEXT,
    md5 TEXT,
    attempts INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    failure_code TEXT,
    notes TEXT NOT NULL,
    checked_at INTEGER,
    check_result TEXT,
    reference TEXT NOT NULL,
    search TEXT NOT NULL
  ) STRICT;
  CREATE INDEX history_by_end ON history (ended_at, id, report_id, outcome, search);
  CREATE TABLE history_reports (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT;
`;

/**
 * What a search reads is what costs its time. So `history_search` holds all that it looks at, in the order of its
 * pages, and of the texts only the file's own name. What files share (folder, report, account) stands once, in
 * `history_contexts`.
 *
 * Until now, `search` was `PATH\nNAME\nREPORT\nACCOUNT`, folded.
 */
const SEARCH_APART = `
  CREATE TABLE history_contexts (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL,
    search TEXT NOT NULL,
    UNIQUE (search, report_id)
  ) STRICT;
  CREATE TABLE history_search (
    ended_at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    context_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (ended_at, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TEMP TABLE split AS
    SELECT ended_at, id, report_id, outcome, substr(behind_path, 1, line_end - 1) AS name,
      substr(full_path, 1, length(full_path) - line_end) || substr(behind_path, line_end) AS context
    FROM (
      SELECT *, instr(behind_path, char(10)) AS line_end
      FROM (
        SELECT *, substr(search, 1, instr(search, char(10)) - 1) AS full_path,
          substr(search, instr(search, char(10)) + 1) AS behind_path
        FROM history
      )
    );
  INSERT INTO history_contexts (report_id, search) SELECT DISTINCT report_id, context FROM split;
  INSERT INTO history_search
    SELECT ended_at, split.id, history_contexts.id, outcome, name
    FROM split JOIN history_contexts ON search = context AND history_contexts.report_id = split.report_id
    ORDER BY ended_at, split.id;
  DROP TABLE split;

  DROP INDEX history_by_end;
  ALTER TABLE history DROP COLUMN search;
  ALTER TABLE history ADD COLUMN batch_id INTEGER;
  ALTER TABLE history ADD COLUMN period TEXT;
  CREATE INDEX history_by_file ON history (json_extract(reference, '$.fileId'));
  CREATE INDEX history_by_batch ON history (batch_id) WHERE batch_id IS NOT NULL;
`;

/** Accounts are told apart by more than their names. An entry has its account's key in its reference. */
const ACCOUNTS_APART = `
  CREATE TABLE contexts (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL,
    account_key TEXT NOT NULL,
    search TEXT NOT NULL,
    UNIQUE (search, report_id, account_key)
  ) STRICT;
  INSERT INTO contexts
    SELECT history_contexts.id, history_contexts.report_id,
      coalesce(json_extract(min(history.reference), '$.accountKey'), ''), search
    FROM history_contexts
      LEFT JOIN history_search ON context_id = history_contexts.id
      LEFT JOIN history ON history.id = history_search.id
    GROUP BY history_contexts.id;
  DROP TABLE history_contexts;
  ALTER TABLE contexts RENAME TO history_contexts;
`;

export const migrations: readonly string[] = [FIRST, SEARCH_APART, ACCOUNTS_APART];
