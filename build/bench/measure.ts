import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One run of a program and of everything that it started. */
export interface Figures {
  /** Seconds on the clock. */
  readonly wall: number;
  /** Seconds of processor time, the program's own and the system's on its behalf. */
  readonly cpu: number;
  /** Bytes: the most that its largest process held in memory. */
  readonly memory: number;
}

export interface MeasuredRun {
  readonly figures: Figures;
  /** 128 and more for a signal. */
  readonly exitCode: number;
  /** The last lines of what it printed. */
  readonly said: string;
}

export interface RunAt {
  /** Where the program starts. */
  readonly cwd: string;
  /** A folder for what the measuring itself writes. */
  readonly notes: string;
  readonly env: NodeJS.ProcessEnv;
  /** What comes before the command, such as `ip netns exec NAME`. */
  readonly inside: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Runs a command to its end under GNU time, which has the kernel's own account of it (wait4). Rejects when it was
 * aborted; the program and all that it started are ended then.
 */
export async function measure(command: readonly string[], at: RunAt): Promise<MeasuredRun> {
  at.signal.throwIfAborted();
  const account = join(at.notes, 'time.txt');
  const output = join(at.notes, 'output.txt');
  const [program = '', ...args] = [
    ...at.inside,
    ...['time', '--quiet', '--format=%U %S %M', `--output=${account}`],
    ...command,
  ];
  const log = openSync(output, 'w');
  try {
    const begun = performance.now();
    // A group of its own, so that it can be ended with all that belongs to it.
    const child = spawn(program, args, {
      cwd: at.cwd,
      env: at.env,
      stdio: ['ignore', log, log],
      detached: true,
    });
    const end = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    at.signal.addEventListener('abort', end);
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
    const wall = (performance.now() - begun) / 1000;
    at.signal.removeEventListener('abort', end);
    at.signal.throwIfAborted();
    const figures = { wall, ...readAccount(readFileSync(account, 'utf8')) };
    return { figures, exitCode, said: lastLines(readFileSync(output, 'utf8')) };
  } finally {
    closeSync(log);
  }
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-5).join('\n').slice(-1000);

/** Reads "user system KiB", seconds with two decimals, from the last line. */
export function readAccount(text: string): Pick<Figures, 'cpu' | 'memory'> {
  const [user = Number.NaN, system = Number.NaN, kib = Number.NaN] =
    text.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { cpu: user + system, memory: kib * 1024 };
}
