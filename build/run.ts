import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Problem } from './command.ts';

const outputs = {
  'standard-error': ['ignore', 2, 2],
  'errors-only': ['ignore', 'ignore', 2],
  nowhere: ['ignore', 'ignore', 'ignore'],
  'as-is': ['inherit', 1, 2],
} as const;

export interface RunOptions {
  readonly cwd?: string;
  /** Replaces the environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where what the program prints goes. Default: all to standard error. */
  readonly output?: keyof typeof outputs;
  /** Milliseconds after which the program is ended. */
  readonly timeout?: number;
}

/** Runs a program to its end and gives its exit code; 128 and more for a signal, as a shell does. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      timeout: options.timeout,
      stdio: [...outputs[options.output ?? 'standard-error']],
    });
    const passOn = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', passOn).on('SIGTERM', passOn);
    const stopPassingOn = () => process.off('SIGINT', passOn).off('SIGTERM', passOn);
    child.once('error', (error) => {
      stopPassingOn();
      reject(error);
    });
    child.once('close', (code, signal) => {
      stopPassingOn();
      resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
}

/** As `run`, with the npm that started the scripts, or else the one on the path. */
export function runNpm(args: readonly string[], options?: RunOptions): Promise<number> {
  const npm = process.env.npm_execpath;
  return npm ? run(process.execPath, [npm, ...args], options) : run('npm', args, options);
}

/** Turns the exit code of anything other than success into a problem. */
export async function mustSucceed(name: string, running: Promise<number>): Promise<void> {
  const code = await running;
  if (code !== 0) throw new Problem(`${name} ended with exit code ${code}.`);
}
