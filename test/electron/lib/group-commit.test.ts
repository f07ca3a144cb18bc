import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../electron/lib/database.ts';
import { createGroupCommit, type GroupCommit } from '../../../electron/lib/group-commit.ts';
import { createLatch } from '../../fakes/recording-sink.ts';

const TABLES = `
  CREATE TABLE notes (text TEXT NOT NULL) STRICT;
  CREATE TABLE people (id INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE letters (person INTEGER NOT NULL REFERENCES people DEFERRABLE INITIALLY DEFERRED) STRICT`;

let home: string;
let database: Database;
/** Another process, as it were: it sees only what was committed. */
let other: Database;
let group: GroupCommit;
/** What was done to the database, in order. */
let steps: string[];
/** What becomes of making it safe. */
let flushing: Promise<unknown>;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-group-'));
  database = openDatabase(join(home, 'records.sqlite'));
  database.migrate('test', [TABLES]);
  other = openDatabase(join(home, 'records.sqlite'));
  steps = [];
  flushing = Promise.resolve();
  group = createGroupCommit({
    prepare: database.prepare,
    transactionToFlush(work) {
      steps.push('transaction');
      return database.transactionToFlush(work);
    },
    async flush() {
      await flushing;
      await database.flush();
      steps.push('safe');
    },
  });
});
afterEach(async () => {
  other.close();
  database.close();
  await rm(home, { recursive: true });
});

const write = (text: string) => database.prepare('INSERT INTO notes VALUES (?)').run(text);
const committed = () => other.prepare('SELECT text FROM notes ORDER BY rowid').all();
const texts = (...names: string[]) => names.map((text) => ({ text }));

/** Puts `text` down and then fails. */
const failing = (text: string) => () => {
  write(text);
  throw new Error(`not ${text}`);
};

/** A letter to nobody: it can be written, but not committed. */
const neverCommitted = () => database.prepare('INSERT INTO letters VALUES (1)').run();

/** Commits a note and says so. */
const note = (text: string) => group.commit(() => write(text)).then(() => steps.push(text));

describe('changes to the records', () => {
  it('of one turn are one transaction, in their order, and told of when it is safe', async () => {
    await Promise.all([1, 2, 3].map((n) => note(`note ${n}`)));
    expect(steps).toEqual(['transaction', 'safe', 'note 1', 'note 2', 'note 3']);
    expect(committed()).toEqual(texts('note 1', 'note 2', 'note 3'));
  });

  it('that come while others are made safe are one transaction after that', async () => {
    const latch = createLatch();
    flushing = latch.opened;
    const first = note('first');
    while (steps.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const others = [note('second'), note('third')];
    expect(committed()).toEqual(texts('first'));
    latch.open();
    await Promise.all([first, ...others]);
    expect(steps).toEqual(['transaction', 'safe', 'first', 'transaction', 'safe', 'second', 'third']);
  });

  it('that come out of others are another transaction', async () => {
    let inner: Promise<unknown> = Promise.resolve();
    await group.commit(() => {
      inner = note('inner');
      write('outer');
    });
    expect(committed()).toEqual(texts('outer'));
    await inner;
    expect(steps).toEqual(['transaction', 'safe', 'transaction', 'safe', 'inner']);
    await note('later');
    expect(committed()).toEqual(texts('outer', 'inner', 'later'));
  });

  it('answer with what their work did, which is done at its turn', async () => {
    const answer = group.commit(() => {
      write('one');
      return 'an answer';
    });
    expect(database.prepare('SELECT count(*) AS n FROM notes').get()).toEqual({ n: 0 });
    expect(await answer).toBe('an answer');
  });

  it('that throw are undone alone, and the others stay', async () => {
    const ends = await Promise.allSettled([
      group.commit(() => write('before')),
      group.commit(failing('between')),
      group.commit(() => write('after')),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ends[1]).toMatchObject({ reason: new Error('not between') });
    expect(committed()).toEqual(texts('before', 'after'));
  });
});

describe('all changes of a transaction fail, and later ones do not,', () => {
  /** What becomes of `work` between two notes: the message of each, null for one that is safe. */
  async function amongOthers(work: () => unknown): Promise<(string | null)[]> {
    const ends = await Promise.allSettled([
      group.commit(() => write('before')),
      group.commit(work),
      group.commit(() => write('after')),
    ]);
    return ends.map((end) => (end.status === 'rejected' ? String(end.reason.message) : null));
  }

  async function worksAgain(): Promise<void> {
    await note('later');
    expect(committed()).toEqual(texts('later'));
  }

  it('when it can not be committed', async () => {
    const message = 'FOREIGN KEY constraint failed';
    expect(await amongOthers(neverCommitted)).toEqual([message, message, message]);
    expect(committed()).toEqual([]);
    await worksAgain();
  });

  it('with the reason for it, when one of them fills the disk', async () => {
    const limit = (pages: number) => database.prepare(`PRAGMA max_page_count = ${pages}`).get();
    limit(Number(database.prepare('PRAGMA page_count').get()?.page_count));
    const message = 'database or disk is full';
    expect(await amongOthers(() => write('much '.repeat(10_000)))).toEqual([message, message, message]);
    expect(committed()).toEqual([]);
    limit(1_000_000);
    await worksAgain();
  });

  it('when it can not be made safe', async () => {
    flushing = Promise.reject(new Error('EIO'));
    flushing.catch(() => {});
    expect(await amongOthers(() => {})).toEqual(['EIO', 'EIO', 'EIO']);
    flushing = Promise.resolve();
    await note('later');
    expect(steps.at(-1)).toBe('later');
  });

  it('when the records are closed', async () => {
    const closed = openDatabase(join(home, 'closed.sqlite'));
    const late = createGroupCommit(closed).commit(() => 1);
    closed.close();
    await expect(late).rejects.toThrow('database is not open');
  });
});
