import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBars } from '../../../electron/cli/bars.ts';
import { cliArguments } from '../../../electron/cli/cli-arguments.ts';
import { appDataFolder } from '../../../electron/cli/data-folder.ts';
import { environmentProxy } from '../../../electron/cli/environment-proxy.ts';
import { formatCount, formatDuration, formatSize, plural } from '../../../electron/cli/format.ts';
import { type ParsedLine, parseLine } from '../../../electron/cli/program.ts';
import { stopOnSignals } from '../../../electron/cli/stop-on-signals.ts';
import { readSettings } from '../../../electron/cli/stored-settings.ts';
import { failureText, shortFailure } from '../../../electron/cli/words.ts';
import { failure, failureCodes } from '../../../electron/contract/failure.ts';
import { providers } from '../../../electron/providers/provider-list.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { newFolder } from './cdr.ts';
import { runLine } from './run-line.ts';

describe('the arguments of the application', () => {
  it('belong to the command line behind --cli', () => {
    expect(cliArguments(['cdr-desk', '--no-sandbox', '--cli', 'find', '--json'])).toEqual(['find', '--json']);
    expect(cliArguments(['cdr-desk', '--cli'])).toEqual([]);
  });

  it('ask for the window without it', () => {
    expect(cliArguments(['cdr-desk', '--demo'])).toBeNull();
  });
});

describe('the data folder', () => {
  it.each([
    ['win32', { APPDATA: 'R' }, join('R', 'CDR Desk')],
    ['win32', {}, join('H', 'AppData', 'Roaming', 'CDR Desk')],
    ['darwin', { XDG_CONFIG_HOME: 'X' }, join('H', 'Library', 'Application Support', 'CDR Desk')],
    ['linux', { XDG_CONFIG_HOME: 'X' }, join('X', 'CDR Desk')],
    ['linux', {}, join('H', '.config', 'CDR Desk')],
  ] as const)('is where Electron has it on %s with %o', (platform, environment, folder) => {
    expect(appDataFolder({ platform, environment, home: 'H' })).toBe(folder);
  });
});

describe('the settings of a data folder', () => {
  it('are those that the window has kept, and stay so whatever is changed', async () => {
    const folder = await newFolder();
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ settings: { atOnce: 3, theme: 'odd' } }));
    const settings = readSettings(folder);
    expect(settings.get()).toMatchObject({ atOnce: 3, theme: 'system' });
    settings.change({ atOnce: 9 });
    expect(readSettings(folder).get().atOnce).toBe(3);
  });

  it.each(['', 'not JSON', '[]'])('are the defaults where they can’t be read: %s', async (content) => {
    const folder = join(await newFolder(), 'data');
    mkdirSync(folder);
    if (content !== '') writeFileSync(join(folder, 'settings.json'), content);
    expect(readSettings(folder).get().atOnce).toBe(6);
  });
});

describe('the proxy of the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, 'PROXY proxy.example:3128'],
    [{ HTTPS_PROXY: 'https://proxy.example:8443' }, 'HTTPS proxy.example:8443'],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, 'PROXY proxy.example:3128'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '.webex.com' }, null],
    [{ HTTP_PROXY: 'http://proxy.example:3128' }, null],
    [{}, null],
  ])('is what %o names', async (environment, answer) => {
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
      vi.stubEnv(name, Reflect.get(environment, name));
      vi.stubEnv(name.toLowerCase(), undefined);
    }
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await environmentProxy('https://pcsprod.webex.com/')).toBe(answer);
  });
});

describe('signals', () => {
  function start() {
    const clock = createFakeClock();
    const listeners = new Map<string, () => void>();
    let endedAtOnce = 0;
    const stop = stopOnSignals({ on: (signal, listener) => listeners.set(signal, listener) }, clock, () => {
      endedAtOnce += 1;
    });
    return { clock, stop, send: (signal: string) => listeners.get(signal)?.(), count: () => endedAtOnce };
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('end the work in order: %s', (signal) => {
    const { stop, send, count } = start();
    expect(stop.signal.aborted).toBe(false);
    send(signal);
    expect(stop.signal.aborted).toBe(true);
    expect(count()).toBe(0);
  });

  it('count once when the same Ctrl-C comes by two ways', async () => {
    const { clock, send, count } = start();
    send('SIGINT');
    await clock.advance(100);
    send('SIGINT');
    expect(count()).toBe(0);
  });

  it('end it at once the second time', async () => {
    const { clock, send, count } = start();
    send('SIGINT');
    await clock.advance(2000);
    send('SIGINT');
    expect(count()).toBe(1);
  });
});

describe('words', () => {
  it.each(failureCodes)('say what happened for %s, with its subject in them', (code) => {
    const text = failureText(failure(code, 'detail', { subject: 'SUBJECT', retryAfterMs: 90_000 }));
    expect(text).not.toMatch(/[{}]/);
    expect(text.length).toBeGreaterThan(5);
    expect(shortFailure(code)).not.toMatch(/[.{}]$/);
  });

  it('name the certificate that is in question', () => {
    const text = failureText(failure('certificate-unknown', 'detail', { fingerprint: 'AA:BB' }));
    expect(text).toContain('SHA-256 fingerprint: AA:BB.');
  });

  it('format figures the same everywhere', () => {
    expect([999, 1000, 34_600_000, 1].map(formatSize)).toEqual(['999 bytes', '1.0 kB', '34.6 MB', '1 byte']);
    expect([formatCount(1234567), plural(1, 'file'), plural(1204, 'file')]).toEqual([
      '1,234,567',
      '1 file',
      '1,204 files',
    ]);
    expect([4000, 125_000, 3_900_000].map(formatDuration)).toEqual(['4 s', '2 min 5 s', '1 h 5 min']);
  });
});

describe('a command line', () => {
  const parse = (...args: string[]): ParsedLine => parseLine(args, { version: '1.2.3', providers });

  it('has an option for every choice of every report', () => {
    const line = parse('find', '--report', 'x', '--site', 'a', '--which', 'b', '--level', 'c');
    expect(line).toMatchObject({ kind: 'command', options: { site: 'a', which: 'b', level: 'c' } });
  });

  it('answers for help and version', () => {
    expect(parse('--version')).toEqual({ kind: 'answer', text: '1.2.3' });
    for (const line of [parse('--help'), parse('fetch', '--help')]) expect(line.kind).toBe('answer');
  });

  it.each([
    [[], 'Usage: cdr-desk'],
    [['fly'], "unknown command 'fly'"],
    [['fetch', '--report', 'x'], '--to-folder'],
    [['get', '--list', 'l', '--to-folder', 'f', '--password', 'x'], "unknown option '--password'"],
    [['check'], 'folder'],
    [['history', 'march'], 'too many arguments'],
  ])('%j does not make sense', (args, sentence) => {
    const line = parse(...args);
    expect(line.kind).toBe('misused');
    expect(line.kind === 'misused' ? line.text : '').toContain(sentence);
  });
});

describe('a run', () => {
  it.each([
    [[]],
    [['fly']],
    [['fetch', '--report', 'daily-archives']],
    [['find', '--report', 'unknown', '--demo']],
    [['find', '--report', 'daily-archives', '--demo']],
    [['find', '--report', 'site-list', '--system', 'other', '--demo']],
    [['reports', '--system', 'other']],
    [['find', '--report', 'site-list', '--password-stdin']],
    [['find', '--report', 'site-list', '--demo', '--account', 'a']],
    [
      [
        'find',
        '--report',
        'site-list',
        '--server',
        'http://example.com',
        '--account',
        'a',
        '--password-stdin',
      ],
    ],
    [['get', '--list', '-', '--to-folder', '.']],
    [['get', '--list', '-', '--to-folder', '.', '--at-once', '21']],
    [['get', '--list', '-', '--to-folder', '.', '--at-once', '1.5']],
    [['get', '--list', '-', '--to-folder', '.', '--speed-limit', '0']],
    [['get', '--list', '-', '--to-folder', '.', '--wait', '-1']],
    [['history', '--from', 'yesterday']],
    [['history', '--outcome', 'lost']],
  ])('ends with 2 when it does not make sense: %j', async (args) => {
    const { code, out } = await runLine([...args, '--json']);
    expect(code).toBe(2);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: { message: expect.stringMatching(/\w/) } });
    expect(JSON.parse(lines[1] ?? '')).toEqual({ summary: { exitCode: 2 } });
  });

  it('never repeats a password that was typed where none belongs', async () => {
    const { out, err } = await runLine(['find', '--report', 'site-list', '--password=hush-hush', '--json']);
    expect(out + err).not.toContain('hush');
  });

  it('says so when something is wrong with the program itself', async () => {
    const { provider } = createFakeProvider();
    const startSample = () => Promise.reject(new Error('not here'));
    const { code, out, err } = await runLine(['find', '--report', 'files', '--demo', '--json'], {
      providers: [{ ...provider, startSample }],
    });
    expect(code).toBe(1);
    expect(out).toContain('"code":"unexpected"');
    expect(err).toContain('not here');
  });
});

describe('progress bars', () => {
  function terminal() {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
    return { bars: createBars(stream as unknown as NodeJS.WriteStream), stream };
  }

  it('show the whole and its parts, and let lines stay above them', () => {
    const { bars, stream } = terminal();
    bars.above('before');
    bars.show([
      { label: 'All files', done: 50, total: 100, speed: 2000 },
      { label: 'one.csv', done: 10, total: null, speed: null },
      { label: 'made.csv', done: 3, total: 70, speed: null, msLeft: 4_020_000 },
    ]);
    bars.above('a line that stays');
    bars.close();
    const shown = String(stream.read());
    expect(shown).toMatch(
      /before\n[\s\S]*a line that stays[\s\S]*All files[\s\S]*50 bytes of 100 bytes {2}2\.0 kB\/s/,
    );
    expect(shown).toContain('one.csv');
    expect(shown).toMatch(/made\.csv.*3 of 70 {2}about 1 h 7 min left/);
  });

  it('leave nothing behind when nothing was shown', () => {
    const { bars, stream } = terminal();
    bars.close();
    expect(stream.read()).toBeNull();
  });
});
