import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NewerDatabaseError, openDatabase } from '../../../electron/lib/database.ts';

let home: string;
let path: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cdr-database-'));
  path = join(home, 'records.sqlite');
});
afterEach(() => rm(home, { recursive: true }));

const one = 'CREATE TABLE notes (text TEXT NOT NULL) STRICT';
const two = 'ALTER TABLE notes ADD COLUMN at INTEGER';

const count = (database: ReturnType<typeof openDatabase>) =>
  database.prepare('SELECT count(*) AS n FROM notes').get()?.n;

describe('a database', () => {
  it('is durable against power cuts, and safe to be read while it is written', () => {
    const database = openDatabase(path);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('PRAGMA fullfsync').get()).toEqual({ fullfsync: 1 });
    expect(database.prepare('PRAGMA checkpoint_fullfsync').get()).toEqual({ checkpoint_fullfsync: 1 });
    expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    database.close();
  });

  it('does all of a transaction or nothing', () => {
    const database = openDatabase(path);
    database.migrate('notes', [one]);
    const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
    expect(() =>
      database.transaction(() => {
        insert.run('first');
        database.transaction(() => insert.run('second'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(count(database)).toBe(0);
    expect(database.transaction(() => insert.run('third').changes)).toBe(1);
    expect(count(database)).toBe(1);
    database.close();
  });
});

describe('a transaction that is made safe later', () => {
  const level = (database: ReturnType<typeof openDatabase>) =>
    database.prepare('PRAGMA synchronous').get()?.synchronous;
  const [NORMAL, FULL] = [1, 2];

  it.each([
    ['in a file', () => path],
    ['in memory', () => ':memory:'],
  ])('is whole or nothing, and all others stay safe at once, %s', async (_, where) => {
    const database = openDatabase(where());
    database.migrate('notes', [one]);
    const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
    const levels: unknown[] = [];
    database.transactionToFlush(() => {
      insert.run('kept');
      levels.push(level(database));
    });
    const fails = () =>
      database.transactionToFlush(() => {
        insert.run('undone');
        throw new Error('no');
      });
    expect(fails).toThrow('no');
    levels.push(level(database));
    expect(levels).toEqual([NORMAL, FULL]);
    expect(count(database)).toBe(1);
    await database.flush();
    await database.flush();
    database.close();
  });

  it('is not safe as long as its log can not be opened, and is later', async () => {
    const database = openDatabase(path);
    database.migrate('notes', [one]);
    await rename(`${path}-wal`, `${path}-away`);
    await expect(database.flush()).rejects.toThrow('ENOENT');
    await rename(`${path}-away`, `${path}-wal`);
    await database.flush();
    database.close();
  });

  it('is part of the one that it stands in, and as safe', () => {
    const database = openDatabase(path);
    database.migrate('notes', [one]);
    const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
    const outer = () =>
      database.transaction(() => {
        database.transactionToFlush(() => insert.run('inner'));
        expect(level(database)).toBe(FULL);
        throw new Error('no');
      });
    expect(outer).toThrow('no');
    expect(count(database)).toBe(0);
    database.close();
  });
});

describe('migrations', () => {
  it('run once each, over several openings', () => {
    let database = openDatabase(path);
    database.migrate('notes', [one]);
    database.prepare("INSERT INTO notes (text) VALUES ('kept')").run();
    database.close();
    database = openDatabase(path);
    database.migrate('notes', [one, two]);
    database.migrate('notes', [one, two]);
    expect(database.prepare('SELECT * FROM notes').get()).toEqual({ text: 'kept', at: null });
    database.close();
  });

  it('of two parts do not touch each other', () => {
    const database = openDatabase(path);
    database.migrate('notes', [one, two]);
    database.migrate('others', ['CREATE TABLE others (text TEXT) STRICT']);
    expect(() => database.migrate('notes', [one, two])).not.toThrow();
    database.close();
  });

  it('that fail leave the tables as they were', () => {
    const database = openDatabase(path);
    expect(() => database.migrate('notes', [`${one}; CREATE nonsense`])).toThrow();
    expect(() => database.migrate('notes', [one])).not.toThrow();
    database.close();
  });

  it('refuse a file from a newer version', () => {
    const database = openDatabase(path);
    database.migrate('notes', [one, two]);
    expect(() => database.migrate('notes', [one])).toThrow(NewerDatabaseError);
    database.close();
  });
});
