import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { say } from './project.ts';

/** True where windows need an X server and none is named. */
export function screenIsMissing(platform = process.platform, env = process.env): boolean {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/**
 * Makes sure that windows can open: where there is no screen, starts Xvfb on a free display and names it in `DISPLAY`.
 * Answers with what ends it again; it also ends with this process.
 */
export async function ensureScreen(): Promise<() => void> {
  if (!screenIsMissing()) return () => {};
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => {
    xvfb.kill();
  };
  process.once('exit', stop);
  process.env.DISPLAY = `:${await displayNumber(xvfb)}`;
  say(`There is no screen: windows open under Xvfb, display ${process.env.DISPLAY}.`);
  return () => {
    process.off('exit', stop);
    stop();
  };
}

/** Xvfb writes the number of its display when it is ready. */
async function displayNumber(xvfb: ReturnType<typeof spawn>): Promise<string> {
  const channel = xvfb.stdio[3];
  if (!(channel instanceof Readable)) throw new Error('Xvfb has no channel to tell its display.');
  const failed = once(xvfb, 'exit').then(() => Promise.reject(new Error('Xvfb did not start.')));
  failed.catch(() => undefined);
  const [number] = await Promise.race([once(createInterface(channel), 'line'), failed]);
  return String(number);
}
