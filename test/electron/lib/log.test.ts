import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/lib/log.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

let folder: string;
let file: string;
const clock = createFakeClock(Date.UTC(2026, 0, 2, 3, 4, 5));
const read = (name = file) => readFileSync(name, 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(folder, 'app.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the log', () => {
  it('holds a line for each event, with its time in UTC', () => {
    const log = createLog(file, { clock });
    log.info('started');
    log.error('could not save');
    expect(read()).toBe(
      '2026-01-02T03:04:05.000Z info started\n2026-01-02T03:04:05.000Z error could not save\n',
    );
  });

  it('holds the stack of an error, moved in, and no secrets', () => {
    createLog(file, { clock }).error('bug', new Error('after Authorization: Bearer s3cret'));
    const [first, second, third] = read().split('\n');
    expect(first).toMatch(/ error bug$/);
    expect(second).toBe('    Error: after Authorization: [removed]');
    expect(third).toMatch(/^ {8}at /);
    expect(read()).not.toContain('s3cret');
  });

  it('takes whatever was thrown', () => {
    createLog(file, { clock }).error('bug', 'a text');
    expect(read()).toContain('bug\n    a text\n');
  });

  it('goes on after what an earlier start wrote', () => {
    createLog(file, { clock }).info('one');
    createLog(file, { clock }).info('two');
    expect(read().split('\n')).toHaveLength(3);
  });

  it('keeps one old file and never grows beyond its limit by more than a line', () => {
    const log = createLog(file, { clock, maxBytes: 1000 });
    for (let i = 0; i < 100; i += 1) log.info(`event ${i}`);
    expect(statSync(file).size).toBeLessThan(1100);
    expect(statSync(`${file}.old`).size).toBeLessThan(1100);
    expect(read()).toContain('event 99');
    expect(read(`${file}.old`)).not.toContain('event 1\n');
  });

  it('that cannot be written stops nobody', () => {
    const log = createLog(join(folder, 'no-such-folder', 'app.log'), { clock });
    expect(() => log.info('unheard')).not.toThrow();
  });
});
