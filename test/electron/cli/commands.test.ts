/** Each command and each exit code, as processes of their own against the sample service over real HTTP. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Fault, Faults } from '../../fakes/fault.ts';
import { type FaultyService, startFaultyService } from '../../fakes/faulty-service.ts';
import { type CdrRun, cdr, errorOf, filesOf, newFolder, summaryOf } from './cdr.ts';

const ACCOUNT = { name: 'acme-machine', password: 'Pass.word_9Q' };
const ARCHIVES = '/v1/cdr/daily/compression/files';
const october = ['--from', '2026-10-05', '--to', '2026-10-07'];
const archives = ['--report', 'daily-archives', ...october];

let service: FaultyService;
let folder: string;
let state: string;

beforeAll(async () => {
  service = await startFaultyService({ today: '2026-11-22', account: ACCOUNT });
});
afterAll(() => service.close());
beforeEach(async () => {
  service.setFaults(null);
  const home = await newFolder();
  folder = join(home, 'files');
  state = join(home, 'state');
});

const who = () => ['--server', service.address, '--account', ACCOUNT.name, '--password-stdin'];
const where = () => ['--to-folder', folder, '--data-dir', state];

const asAcme = (args: readonly string[], password = ACCOUNT.password): Promise<CdrRun> =>
  cdr([...args, '--json'], { input: password });

const fetchArchives = (...more: string[]) => asAcme(['fetch', ...who(), ...archives, ...where(), ...more]);

const filesAskedFor = (since: number) =>
  service.requests.slice(since).filter(({ path }) => path.startsWith(`${ARCHIVES}/`));

/** What goes wrong with one of the archives, whichever is asked for first. */
function oneArchive(fault: (tries: number) => Fault): Faults {
  let chosen: string | null = null;
  return ({ path, tries }) => {
    if (!path.startsWith(`${ARCHIVES}/`)) return undefined;
    chosen ??= path;
    return path === chosen ? fault(tries) : undefined;
  };
}

/** Never twice the same wrong bytes. */
const damaged = () => oneArchive((tries) => ({ kind: 'corrupt', atByte: 1000 + tries }));
const prepared = () => oneArchive(() => ({ kind: 'status', status: 412 }));

describe('fetch', () => {
  it('downloads what fits and says of each file how it ended', async () => {
    const run = await fetchArchives();
    expect(run.code).toBe(0);
    const files = filesOf(run);
    expect(files.map(({ file }) => file).sort()).toEqual(
      ['05', '06', '07'].map((day) => `CCA_SP_CDR_Daily_202610${day}.zip`),
    );
    for (const { outcome, failure, path, attempts, file } of files) {
      expect({ outcome, failure, path, attempts }).toEqual({
        outcome: 'verified',
        failure: null,
        path: join(folder, file),
        attempts: 1,
      });
    }
    expect(summaryOf(run)).toMatchObject({
      verified: 3,
      failed: 0,
      left: 0,
      announced: 3,
      listed: 3,
      missing: [],
      exitCode: 0,
    });
    expect(run.err).toBe('');
    expect((await readdir(folder)).sort()).toEqual(files.map(({ file }) => file).sort());
  });

  it('finds what is there already, and asks for none of it', async () => {
    await fetchArchives();
    const before = service.requests.length;
    const run = await fetchArchives();
    expect(run.code).toBe(0);
    expect(filesOf(run).map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
      Array(3).fill(['already-there', 0]),
    );
    expect(filesAskedFor(before)).toEqual([]);
  });

  it('tries again what failed before', async () => {
    service.setFaults(oneArchive(() => ({ kind: 'status', status: 406 })));
    expect(summaryOf(await fetchArchives())).toMatchObject({ verified: 2, failed: 1 });
    service.setFaults(null);
    const again = await fetchArchives();
    expect(again.code).toBe(0);
    expect(summaryOf(again)).toMatchObject({ verified: 1, 'already-there': 2, failed: 0 });
  });

  it('downloads no more at once than what is set for the account alone', async () => {
    const own = await startFaultyService({ today: '2026-11-22', account: ACCOUNT });
    onTestFinished(() => own.close());
    own.setFaults(({ path }) =>
      path.startsWith(`${ARCHIVES}/`) ? { kind: 'drip', bytesPerSecond: 10_000_000 } : undefined,
    );
    const account = {
      key: `cisco-cca|${own.address}|${ACCOUNT.name}`,
      provider: 'cisco-cca',
      name: ACCOUNT.name,
      serverAddress: own.address,
      fields: {},
      filesAtOnce: 1,
      kept: false,
    };
    await mkdir(state);
    await writeFile(join(state, 'settings.json'), JSON.stringify({ settings: { accounts: [account] } }));
    const whose = ['--server', own.address, '--account', ACCOUNT.name, '--password-stdin'];
    const run = await asAcme(['fetch', ...whose, ...archives, ...where(), '--at-once', '6']);
    expect(summaryOf(run)).toMatchObject({ verified: 3 });
    expect(own.maxRequestsAtOnce).toBe(1);
  });

  it('names the days without a file', async () => {
    const run = await asAcme([
      'fetch',
      ...who(),
      ...['--report', 'daily-archives', '--from', '2026-10-16', '--to', '2026-10-18'],
      ...where(),
    ]);
    expect(run.code).toBe(0);
    expect(summaryOf(run)).toMatchObject({ missing: ['2026-10-17'] });
  });

  it('counts a file without a checksum as good, and says that it is none', async () => {
    const run = await asAcme(['fetch', ...who(), '--report', 'site-list', ...where()]);
    expect(run.code).toBe(0);
    expect(filesOf(run).map(({ outcome }) => outcome)).toEqual(['unverified']);
  });

  it.each([
    ['peak-port-daily', [...october, '--level', 'site'], 3],
    ['peak-port-monthly', ['--from', '2026-08', '--to', '2026-10', '--level', 'customer'], 3],
    ['site-files', [...october, '--site', 'orchard-media'], 3],
  ])('gets the report %s', async (report, options, count) => {
    const run = await asAcme(['fetch', ...who(), '--report', report, ...options, ...where()]);
    expect(run.code).toBe(0);
    const { verified, missing } = summaryOf(run);
    expect(z.array(z.string()).parse(missing).length + Number(verified)).toBe(count);
    expect(filesOf(run).every(({ outcome }) => outcome === 'verified')).toBe(true);
  });

  it('ends with 1 when a file failed, and keeps the others', async () => {
    service.setFaults(damaged());
    const run = await fetchArchives();
    expect(run.code).toBe(1);
    const outcomes = filesOf(run).map(({ outcome, failure }) => [outcome, failure]);
    expect(outcomes.filter(([outcome]) => outcome === 'verified')).toHaveLength(2);
    expect(outcomes).toContainEqual(['failed', 'wrong-checksum']);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('ends with 3 when the sign-in is refused, having asked once', async () => {
    const before = service.requests.length;
    const run = await asAcme(['fetch', ...who(), ...archives, ...where()], 'not the password');
    expect(run.code).toBe(3);
    expect(errorOf(run)).toBe('sign-in-refused');
    expect(service.requests.length - before).toBe(1);
  });

  it('ends with 3 when the service takes the access away meanwhile, and keeps the files in the queue', async () => {
    service.setFaults(({ path, method }) => {
      if (path.startsWith(`${ARCHIVES}/`)) return { kind: 'status', status: 401 };
      const isSecondSignIn = method === 'POST' && filesAskedFor(before).length > 0;
      return isSecondSignIn ? { kind: 'status', status: 401 } : undefined;
    });
    const before = service.requests.length;
    const run = await fetchArchives();
    expect(run.code).toBe(3);
    expect(errorOf(run)).toBe('sign-in-refused');
    expect(filesOf(run)).toEqual([]);
    expect(summaryOf(run)).toMatchObject({ left: 3 });
    service.setFaults(null);
    expect(summaryOf(await fetchArchives())).toMatchObject({ verified: 3, left: 0 });
  });

  it('ends with 4 when there is nothing', async () => {
    const run = await asAcme([
      'fetch',
      ...who(),
      ...['--report', 'daily-archives', '--from', '2026-10-17', '--to', '2026-10-17'],
      ...where(),
    ]);
    expect(run.code).toBe(4);
    expect(summaryOf(run)).toMatchObject({ listed: 0, missing: ['2026-10-17'] });
  });

  it('does not wait for what is being prepared for longer than it may', async () => {
    service.setFaults(prepared());
    const run = await fetchArchives('--wait', '0');
    expect(run.code).toBe(1);
    expect(filesOf(run).filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { failure: 'not-ready', path: null, attempts: 1 },
    ]);
    expect(run.lines.filter((line) => 'waiting' in line)).toMatchObject([
      { waiting: { failure: 'not-ready' } },
    ]);
    // It is still in the queue: when the same is asked for again, it is the same download.
    service.setFaults(null);
    const again = filesOf(await fetchArchives()).find(({ outcome }) => outcome === 'verified');
    expect(again?.attempts).toBe(2);
  });

  it('makes the folder, but not the one that it lies in', async () => {
    folder = join(folder, 'deeper');
    const run = await fetchArchives();
    expect(run.code).toBe(1);
    expect(errorOf(run)).toBe('folder-missing');
  });

  it('takes relative folders from where it was called', async () => {
    const cwd = await newFolder();
    const args = ['fetch', ...who(), ...archives, '--to-folder', 'here', '--data-dir', 'state', '--json'];
    expect((await cdr(args, { input: ACCOUNT.password, cwd })).code).toBe(0);
    expect((await readdir(cwd)).sort()).toEqual(['here', 'state']);
  });

  it('leaves a manifest where it is asked for, which check goes by', async () => {
    await fetchArchives('--manifest');
    expect(await readdir(folder)).toContain('manifest.csv');
    const sound = await cdr(['check', folder, '--json']);
    expect(sound.code).toBe(0);
    expect(summaryOf(sound)).toMatchObject({ same: 3, changed: 0, missing: 0, extra: 0 });

    await writeFile(join(folder, 'notes.txt'), 'mine');
    expect((await cdr(['check', folder, '--json'])).code).toBe(0);
    await rm(join(folder, 'CCA_SP_CDR_Daily_20261005.zip'));
    await writeFile(join(folder, 'CCA_SP_CDR_Daily_20261006.zip'), 'PK');
    const unsound = await cdr(['check', folder, '--json']);
    expect(unsound.code).toBe(1);
    expect(unsound.lines.flatMap((line) => ('checked' in line ? [line.checked] : []))).toMatchObject([
      { file: 'CCA_SP_CDR_Daily_20261005.zip', result: 'missing' },
      { file: 'CCA_SP_CDR_Daily_20261006.zip', result: 'changed', size: 2 },
      { file: 'notes.txt', result: 'extra' },
    ]);
  });

  it('tells people the same in words', async () => {
    const run = await cdr(['fetch', ...who(), ...archives, ...where()], {
      input: `${ACCOUNT.password}\r\nmore`,
    });
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^verified {7}CCA_SP_CDR_Daily_20261005\.zip {2}[\d.]+ MB$/m);
    expect(run.out).toMatch(/^3 verified; [\d.]+ MB in \d+ s$/m);
    expect(run.err).toMatch(/^Daily CDR archives \(ZIP\), 2026-10-05 to 2026-10-07: 3 files, [\d.]+ MB$/m);
  });
});

describe('find', () => {
  it('says what there is, and downloads nothing', async () => {
    const before = service.requests.length;
    const run = await asAcme(['find', ...who(), ...archives, '--data-dir', state]);
    expect(run.code).toBe(0);
    const found = run.lines.flatMap((line) => ('found' in line ? [line.found] : []));
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({
      file: 'CCA_SP_CDR_Daily_20261005.zip',
      date: '2026-10-05',
      md5: expect.stringMatching(/^[0-9a-f]{32}$/),
      downloadable: true,
    });
    expect(summaryOf(run)).toMatchObject({ files: 3, announced: 3, listed: 3, exitCode: 0 });
    expect(filesAskedFor(before)).toEqual([]);
  });

  it('ends with 4 when there is nothing', async () => {
    const day = ['--from', '2026-10-17', '--to', '2026-10-17'];
    const run = await asAcme(['find', ...who(), '--report', 'daily-archives', ...day, '--data-dir', state]);
    expect(run.code).toBe(4);
  });

  it('ends with 1 when the service can’t be reached', async () => {
    const nobody = ['--server', 'http://127.0.0.1:1/pcs/api', '--account', 'a', '--password-stdin'];
    const run = await asAcme(['find', ...nobody, ...archives, '--data-dir', state]);
    expect(run.code).toBe(1);
    expect(errorOf(run)).toBe('connection-refused');
  });

  it('needs no account for the sample data', async () => {
    const run = await cdr(['find', '--demo', '--report', 'site-list', '--data-dir', state, '--json']);
    expect(run.code).toBe(0);
    expect(summaryOf(run)).toMatchObject({ files: 1 });
  });
});

describe('reports', () => {
  it('lists what there is and what it takes', async () => {
    const run = await cdr(['reports', '--json']);
    expect(run.code).toBe(0);
    expect(run.lines.slice(0, -1).map(({ report }) => report)).toEqual(
      expect.arrayContaining([
        'daily-archives',
        'site-files',
        'peak-port-daily',
        'peak-port-monthly',
        'site-list',
      ]),
    );
    expect((await cdr(['reports'])).out).toMatch(
      /^site-files: CDR files of a site\n.*\n {4}--site NAME\|all/m,
    );
  });
});

describe('history', () => {
  it('has each download, the newest first', async () => {
    await fetchArchives();
    const run = await cdr(['history', '--data-dir', state, '--limit', '2', '--json']);
    expect(run.code).toBe(0);
    const entries = run.lines.flatMap((line) => ('entry' in line ? [line.entry] : []));
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      outcome: 'verified',
      account: ACCOUNT.name,
      report: 'daily-archives',
    });
    expect(summaryOf(run)).toMatchObject({ total: 3, shown: 2 });
    const oneDay = await cdr([
      'history',
      '--data-dir',
      state,
      '--text',
      '20261006',
      '--outcome',
      'verified',
      '--json',
    ]);
    expect(summaryOf(oneDay)).toMatchObject({ total: 1 });
    expect((await cdr(['history', '--data-dir', state, '--outcome', 'failed'])).code).toBe(4);
    expect((await cdr(['history', '--data-dir', state, '--report', 'site-files'])).code).toBe(2);
  });

  describe('of one account', () => {
    const history = (...more: string[]) => cdr(['history', '--data-dir', state, '--json', ...more]);
    const namesOf = (run: CdrRun) =>
      run.lines.flatMap((line) => ('entry' in line ? [Reflect.get(Object(line.entry), 'account')] : []));

    beforeEach(async () => {
      await fetchArchives();
      const day = ['--report', 'daily-archives', '--from', '2026-10-05', '--to', '2026-10-05'];
      await cdr(['fetch', '--demo', ...day, ...where()]);
    });

    it('has the downloads of that one alone, and says so where there is none of the name', async () => {
      expect(summaryOf(await history())).toMatchObject({ total: 4 });
      const one = await history('--account', ACCOUNT.name);
      expect(summaryOf(one)).toMatchObject({ total: 3 });
      expect(new Set(namesOf(one))).toEqual(new Set([ACCOUNT.name]));
      const limited = await history('--account', ACCOUNT.name, '--limit', '2');
      expect(summaryOf(limited)).toMatchObject({ total: 3, shown: 2 });
      const nobody = await history('--account', 'nobody');
      expect([nobody.code, errorOf(nobody)]).toEqual([2, 'bad-input']);
      expect(nobody.out).toContain(`There are: ${ACCOUNT.name}, demo.`);
    });

    it('is of one system too, where that is given', async () => {
      expect(summaryOf(await history('--system', 'cisco-cca', '--account', ACCOUNT.name))).toMatchObject({
        total: 3,
      });
      const other = await history('--system', 'yeastar-s', '--account', ACCOUNT.name);
      expect(other.code).toBe(2);
      expect(other.out).toContain('There are: cisco-cca.');
    });
  });

  it('leaves nothing where nothing has been', async () => {
    const run = await cdr(['history', '--data-dir', state, '--json']);
    expect(run.code).toBe(4);
    await expect(readdir(state)).rejects.toThrow('ENOENT');
  });
});

describe('what does not make sense', () => {
  it('ends with 2, for scripts and for people', async () => {
    const months = ['--report', 'peak-port-monthly', '--from', '2026-10-01', '--to', '2026-10-02'];
    const run = await cdr(['find', '--demo', ...months, '--json']);
    expect(run.code).toBe(2);
    expect(errorOf(run)).toBe('bad-input');
    expect(summaryOf(run)).toEqual({ exitCode: 2 });
    const inWords = await cdr(['find', '--demo', ...months]);
    expect(inWords.code).toBe(2);
    expect(inWords.err).toContain('months such as 2026-03');
    expect(inWords.err).toContain('takes: [--level site|customer|partner] --from MONTH --to MONTH');
    expect(inWords.out).toBe('');
  });
});

describe('secrets', () => {
  it('are in no output and in no file, whatever happens', async () => {
    service.setFaults(damaged());
    const runs = [
      await fetchArchives(),
      await cdr(['fetch', ...who(), ...archives, ...where()], { input: ACCOUNT.password }),
      await asAcme(['find', ...who(), ...archives, '--data-dir', state]),
      await cdr(['history', '--data-dir', state, '--json']),
      await cdr(['find', '--report', 'site-list', `--password=${ACCOUNT.password}`, '--json']),
    ];
    const told = runs.map(({ out, err }) => out + err).join('\n');
    const tokens = service.requests.flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? []);
    expect(tokens.length).toBeGreaterThan(0);
    const kept = await Promise.all(
      (await readdir(state)).map((name) => readFile(join(state, name), 'latin1')),
    );
    for (const secret of [ACCOUNT.password, ...tokens]) {
      expect(told.includes(secret)).toBe(false);
      expect(kept.some((content) => content.includes(secret))).toBe(false);
    }
    expect(told).not.toMatch(/https?:\/\/127[^\s"]*\/[^\s"]/);
  });

  it('are not asked for where no kept password can be read', async () => {
    const run = await cdr([
      'find',
      ...archives,
      '--server',
      service.address,
      '--account',
      'a',
      '--data-dir',
      state,
      '--json',
    ]);
    expect(run.code).toBe(3);
    expect(errorOf(run)).toBe('no-secure-storage');
  });
});
