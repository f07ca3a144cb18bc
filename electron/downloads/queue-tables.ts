/** The queue's tables, as numbered migrations: the first one is never changed, later ones are added behind it. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE downloads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    provider TEXT NOT NULL,
    account_key TEXT NOT NULL,
    account_name TEXT NOT NULL,
    report_id TEXT NOT NULL,
    report_title TEXT NOT NULL,
    file_id TEXT NOT NULL,
    link TEXT NOT NULL,
    question TEXT NOT NULL,
    name TEXT NOT NULL,
    size_expected INTEGER,
    md5 TEXT,
    content TEXT NOT NULL,
    expires_at INTEGER,
    attempts_counted INTEGER,
    folder TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    listed_at INTEGER NOT NULL,
    started_at INTEGER,
    state TEXT NOT NULL,
    size INTEGER,
    received INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    tries TEXT NOT NULL,
    failure TEXT,
    next_try_at INTEGER,
    final_name TEXT,
    folded_name TEXT,
    part_name TEXT,
    part TEXT,
    md5_found TEXT,
    notes TEXT NOT NULL
  ) STRICT;
  CREATE INDEX downloads_by_file ON downloads (account_key, file_id);
  CREATE INDEX downloads_waiting ON downloads (next_try_at, id, account_key) WHERE state = 'waiting';
  CREATE INDEX downloads_by_name ON downloads (folder, folded_name) WHERE folded_name IS NOT NULL;
  CREATE INDEX downloads_with_part ON downloads (state) WHERE part_name IS NOT NULL;
  `,
  `
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    wants_manifest INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  ALTER TABLE downloads ADD COLUMN batch_id INTEGER;
  ALTER TABLE downloads ADD COLUMN period TEXT;
  ALTER TABLE downloads ADD COLUMN started_now_at INTEGER;
  ALTER TABLE downloads ADD COLUMN wrong_md5 TEXT;
  DROP INDEX downloads_waiting;
  CREATE INDEX downloads_waiting ON downloads (account_key, next_try_at) WHERE state = 'waiting';
  CREATE INDEX downloads_started_now ON downloads (account_key, started_now_at, id, next_try_at)
    WHERE state = 'waiting' AND started_now_at IS NOT NULL;
  CREATE INDEX downloads_under_way ON downloads (state) WHERE state IN ('downloading', 'verifying');
  `,
  'ALTER TABLE downloads ADD COLUMN job TEXT',
];
