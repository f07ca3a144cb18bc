/** What a table of figures needs beside it to mean something: the machine, the programs, their settings. */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Link } from './link.ts';
import { type Job, type ProgramName, programs } from './programs.ts';
import { ROUND_TRIP_MS } from './scenarios.ts';

const versionOption: Readonly<Record<string, string>> = {
  nginx: '-v',
  wget2: '--version',
  aria2c: '--version',
};

export function describeMachine(): string {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 1e9)} GB`;
  return `${availableParallelism()} x ${processor}, ${memory}, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** Others at work on this machine; null when there is nothing to say. */
export function describeLoad(): string | null {
  const [load = 0] = loadavg();
  if (load < availableParallelism() / 2) return null;
  return `This machine is busy with other work (load ${load.toFixed(1)}): trust the ratios, not the seconds.`;
}

export const describeVersions = (programsInUse: readonly string[]): string =>
  programsInUse.map(versionOf).join(', ');

function versionOf(program: string): string {
  const { stdout, stderr } = spawnSync(program, [versionOption[program] ?? '--version'], {
    encoding: 'utf8',
  });
  const number = /\d+(\.\d+)+/.exec(stdout || stderr || '')?.[0];
  return `${program} ${number ?? '(version unknown)'}`;
}

/** The command of each program, as it is run. */
export function describeSettings(names: readonly ProgramName[]): string {
  const job: Job = {
    target: 'FOLDER',
    state: 'STATE',
    lists: { jsonLines: 'LIST', curl: 'LIST', links: 'LIST', aria2: 'LIST', md5sum: 'MD5' },
    authority: null,
  };
  return names.map((name) => `${programs[name].title}: ${programs[name].command(job).join(' ')}`).join('\n');
}

/** Milliseconds from a request to its answer on a connection that is open already; null where curl can't tell. */
export function measureRoundTrip({ address, inside, authority }: Link, path: string): number | null {
  const requests = Array.from({ length: 5 }, () => ['--output', '/dev/null', `${address}/${path}`]).flat();
  const trust = authority === null ? [] : ['--cacert', authority];
  const options = ['--disable', '--silent', '--range', '0-0', '--write-out', '%{time_starttransfer}\\n'];
  const [program = '', ...args] = [...inside, 'curl', ...options, ...trust, ...requests];
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  // The first request opens the connection.
  const seconds = stdout?.trim().split('\n').slice(1).map(Number) ?? [];
  return status === 0 && seconds.length > 0 ? Math.min(...seconds) * 1000 : null;
}

/** In words how a delay was made, and whether it was a burden. `busy`: share of one processor. */
export function describeDelay(delayedBy: string, roundTripMs: number | null, busy: number): string {
  const measured = roundTripMs === null ? 'not measured' : `${roundTripMs.toFixed(1)} ms measured`;
  const burden = busy > 0 ? `; it took up to ${Math.round(busy * 100)} % of one processor` : '';
  return `Delay of ${ROUND_TRIP_MS} ms (${measured}) by ${delayedBy}${burden}.`;
}
