/** Runs a server program in the foreground, with everything that it writes in a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServer } from '../../../build/test-servers.ts';
import { listenOnFreePort } from '../../fakes/loopback-server.ts';

export interface RealServer {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  readonly port: number;
  /** What is served. */
  readonly root: string;
  /** The requests so far, oldest first. */
  requests(): Promise<LoggedRequest[]>;
  stop(): Promise<void>;
}

/** A line of the server's log. */
export interface LoggedRequest {
  readonly path: string;
  readonly status: number;
  /** The header, null for none. */
  readonly range: string | null;
}

export interface ServerProgram {
  readonly name: string;
  /** Its configuration. `folder` is for everything that it writes; it logs to `requests.log` in there. */
  config(where: { readonly folder: string; readonly root: string; readonly port: number }): string;
  args(configFile: string, folder: string): readonly string[];
  /** The signal that has it write to its log what it still holds; null: it holds nothing. */
  readonly writesLogOn: NodeJS.Signals | null;
}

/** Each line of the log, for every server: path, status, range or `-`. */
const LOG_LINE = /^(\S+) (\d+) (\S+)$/gm;

/** Why tests against a server can't be run, or null when they can. */
export const whyNot = (program: string): string | null =>
  findServer(program) === null ? `${program} is not on this system` : null;

export async function runServer(program: ServerProgram): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-server-'));
  const root = await mkdtemp(join(tmpdir(), 'cdr-served-'));
  const port = await freePort();
  const configFile = join(folder, 'server.conf');
  await writeFile(configFile, program.config({ folder, root, port }));
  const path = findServer(program.name) ?? program.name;
  const child = spawn(path, program.args(configFile, folder), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += String(text);
  });
  const ended = once(child, 'exit');
  await untilListening(port, () => {
    if (child.exitCode !== null) throw new Error(`${program.name} does not start: ${said}`);
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    root,
    async requests() {
      if (program.writesLogOn) child.kill(program.writesLogOn);
      const log = await readFile(join(folder, 'requests.log'), 'utf8').catch(() => '');
      return [...log.matchAll(LOG_LINE)].map(([, to = '', status, range = '-']) => ({
        path: to,
        status: Number(status),
        range: range === '-' ? null : range,
      }));
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await Promise.all([folder, root].map((one) => rm(one, { recursive: true, force: true })));
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnFreePort(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks again and again until somebody answers; `check` throws when nobody will. */
async function untilListening(port: number, check: () => void): Promise<void> {
  for (;;) {
    check();
    const socket = connect(port, '127.0.0.1');
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (answered) return;
  }
}
