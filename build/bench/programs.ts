/** The programs that are compared, each with the settings that serve it best. */
import { join } from 'node:path';
import { projectFolder } from '../project.ts';

export const rivalNames = ['curl', 'wget2', 'aria2', 'plain'] as const;
export type RivalName = (typeof rivalNames)[number];
export type ProgramName = 'engine' | RivalName;

/** How many files at the same time, for all of them. */
export const AT_ONCE = 20;

/** Where things are in one run. Programs start in the folder that the files go to. Absolute paths. */
export interface Job {
  readonly target: string;
  /** For what a program keeps beside the files. */
  readonly state: string;
  readonly lists: {
    readonly jsonLines: string;
    readonly curl: string;
    readonly links: string;
    readonly aria2: string;
    readonly md5sum: string;
  };
  /** The authority to trust; null without TLS. */
  readonly authority: string | null;
}

export interface Program {
  readonly title: string;
  /** What has to be on the path. */
  readonly needs: readonly string[];
  command(job: Job): readonly string[];
  /** Added to the environment. */
  environment?(job: Job): NodeJS.ProcessEnv;
}

/** How the built engine is called; `npm run build` makes the file. */
export const engineFile = join(projectFolder, '.vite', 'build', 'cdr.cjs');

const nodeTrusts = ({ authority }: Job): NodeJS.ProcessEnv =>
  authority === null ? {} : { NODE_EXTRA_CA_CERTS: authority };

/** Downloads, then verifies; the second only if the first succeeded. */
const thenMd5sum = (job: Job, download: readonly string[]): readonly string[] => [
  'sh',
  '-c',
  'list=$1; shift; "$@" && md5sum --check --quiet --strict "$list"',
  'sh',
  job.lists.md5sum,
  ...download,
];

const withAuthority = (option: string, { authority }: Job): readonly string[] =>
  authority === null ? [] : [`${option}=${authority}`];

export const programs: Readonly<Record<ProgramName, Program>> = {
  engine: {
    title: 'engine',
    needs: [],
    command: (job) => [
      process.execPath,
      engineFile,
      'get',
      ...['--list', job.lists.jsonLines],
      ...['--to-folder', job.target],
      ...['--at-once', String(AT_ONCE)],
      '--json',
      ...['--data-dir', job.state],
    ],
    environment: nodeTrusts,
  },
  curl: {
    title: 'curl + md5sum',
    needs: ['curl', 'md5sum'],
    command: (job) =>
      thenMd5sum(job, [
        'curl',
        ...['--disable', '--silent', '--no-progress-meter', '--show-error', '--fail', '--http1.1'],
        ...['--parallel', '--parallel-immediate', '--parallel-max', String(AT_ONCE)],
        ...(job.authority === null ? [] : ['--cacert', job.authority]),
        ...['--config', job.lists.curl],
      ]),
  },
  wget2: {
    title: 'wget2 + md5sum',
    needs: ['wget2', 'md5sum'],
    command: (job) =>
      thenMd5sum(job, [
        'wget2',
        ...['--no-config', '--quiet', '--no-hsts', '--no-ocsp', '--tls-resume', '--no-directories'],
        `--max-threads=${AT_ONCE}`,
        ...withAuthority('--ca-certificate', job),
        `--input-file=${job.lists.links}`,
      ]),
  },
  aria2: {
    title: 'aria2 with checksum',
    needs: ['aria2c'],
    command: (job) => [
      'aria2c',
      ...['--no-conf', '--quiet', '--summary-interval=0', '--download-result=hide', '--no-netrc'],
      ...[
        '--check-integrity=true',
        '--file-allocation=none',
        '--auto-save-interval=0',
        '--split=1',
        '--max-connection-per-server=1',
      ],
      `--max-concurrent-downloads=${AT_ONCE}`,
      ...withAuthority('--ca-certificate', job),
      `--input-file=${job.lists.aria2}`,
    ],
  },
  plain: {
    title: 'plain engine',
    needs: [],
    command: (job) => [
      process.execPath,
      join(projectFolder, 'build', 'bench', 'plain-engine.ts'),
      ...['--list', job.lists.jsonLines],
      ...['--to-folder', job.target],
      ...['--at-once', String(AT_ONCE)],
    ],
    environment: nodeTrusts,
  },
};
