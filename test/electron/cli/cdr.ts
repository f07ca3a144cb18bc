/** The command line as a process of its own, as somebody at a terminal or a script runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const entry = join(import.meta.dirname, '..', '..', '..', 'electron', 'cli.ts');

export interface CdrOptions {
  /** What standard input holds; it ends behind it. */
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A run that is over. */
export interface CdrRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** With `--json`: the lines of standard output. */
  readonly lines: readonly Record<string, unknown>[];
}

export interface RunningCdr {
  readonly child: ChildProcess;
  readonly ended: Promise<CdrRun>;
}

/** Starts it. It is ended with the test, if it still runs then. */
export function startCdr(args: readonly string[], { input = '', cwd, env }: CdrOptions = {}): RunningCdr {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {}).end(input);
  return { child, ended: untilEnded(child, text(child.stdout), text(child.stderr)) };
}

async function untilEnded(
  child: ChildProcess,
  stdout: Promise<string>,
  stderr: Promise<string>,
): Promise<CdrRun> {
  const [[code], out, err] = await Promise.all([once(child, 'close'), stdout, stderr]);
  return { code: z.number().nullable().parse(code), out, err, lines: readLines(out) };
}

/** The lines that are JSON objects. */
export const readLines = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));

export const cdr = (args: readonly string[], options?: CdrOptions): Promise<CdrRun> =>
  startCdr(args, options).ended;

/** A folder of the test's own. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const endedFile = z.strictObject({
  file: z.string(),
  outcome: z.enum(['verified', 'unverified', 'already-there', 'failed', 'cancelled']),
  failure: z.string().nullable(),
  path: z.string().nullable(),
  attempts: z.number(),
});

/** The lines of finished files, which have to be of exactly the promised shape. */
export const filesOf = ({ lines }: CdrRun) =>
  lines.filter((line) => 'file' in line).map((line) => endedFile.parse(line));

/** The last line, which has to be the summary. */
export const summaryOf = ({ lines }: CdrRun): Record<string, unknown> =>
  z.strictObject({ summary: z.record(z.string(), z.unknown()) }).parse(lines.at(-1)).summary;

/** The code of the error that the run told of; null for none. */
export function errorOf({ lines }: CdrRun): string | null {
  const line = lines.find((one) => 'error' in one);
  return line
    ? z
        .strictObject({
          error: z.strictObject({
            code: z.string(),
            message: z.string(),
            fingerprint: z.string().optional(),
          }),
        })
        .parse(line).error.code
    : null;
}

/** Waits for something that another process brings about. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
