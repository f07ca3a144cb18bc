import { createHash } from 'node:crypto';
import { mkdtemp, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../project.ts';
import { run } from '../run.ts';
import type { Link } from './link.ts';
import { aria2Input, curlConfig, jsonLines, linkList, md5sumList } from './lists.ts';
import type { ServedFile } from './make-work.ts';
import { type Figures, measure, type RunAt } from './measure.ts';
import { type Job, type ProgramName, programs } from './programs.ts';
import { median } from './statistics.ts';
import type { Outcome } from './targets.ts';

export interface ScenarioOptions {
  readonly files: readonly ServedFile[];
  /** The folder of the work: on the server, and on disk. */
  readonly path: string;
  readonly served: string;
  readonly link: Link;
  readonly names: readonly ProgramName[];
  /** Counted rounds; one more comes before them. */
  readonly rounds: number;
  /** A folder for lists, targets and notes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface Measured extends Pick<Outcome, 'rounds' | 'engineAtRest'> {
  /** Programs that failed, with what they said; they have no figures. */
  readonly failed: Readonly<Partial<Record<ProgramName, string>>>;
  /** The largest share of one processor that making the delay took during a run. */
  readonly delayBusy: number;
}

/** In each round another program is the first. */
export const orderIn = <Name>(round: number, names: readonly Name[]): readonly Name[] => {
  const first = round % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
};

/** Has all programs do the same work in turn, a warm-up and the counted rounds. */
export async function runScenario(options: ScenarioOptions): Promise<Measured> {
  const task = await prepareTask(options);
  const figures = new Map<ProgramName, Figures[]>(options.names.map((name) => [name, []]));
  const failed: Partial<Record<ProgramName, string>> = {};
  let delayBusy = 0;
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const name of orderIn(round, options.names)) {
      if (failed[name] !== undefined) continue;
      const one = await runOnce(name, task, options);
      if (one.problem !== undefined) {
        failed[name] = one.problem;
        figures.delete(name);
        say(`  ${programs[name].title} failed: ${one.problem}`);
        continue;
      }
      delayBusy = Math.max(delayBusy, one.delayBusy);
      if (round > 0) figures.get(name)?.push(one.figures);
      say(`  ${roundName(round)}  ${programs[name].title.padEnd(20)} ${one.figures.wall.toFixed(2)} s`);
    }
  }
  const engineAtRest = figures.has('engine') ? await measureAtRest(task, options) : null;
  return { rounds: Object.fromEntries(figures), engineAtRest, failed, delayBusy };
}

const roundName = (round: number) => (round === 0 ? 'warm-up' : `round ${round}`);

/** What all runs have in common. */
type Task = Omit<Job, 'target' | 'state'>;

async function prepareTask({ files, path, link, folder }: ScenarioOptions): Promise<Task> {
  const address = `${link.address}/${path}`;
  const written = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return {
    lists: {
      jsonLines: await written('list.jsonl', jsonLines(address, files)),
      curl: await written('list.curl', curlConfig(address, files)),
      links: await written('list.links', linkList(address, files)),
      aria2: await written('list.aria2', aria2Input(address, files)),
      md5sum: await written('list.md5', md5sumList(files)),
    },
    authority: link.authority,
  };
}

/** Where programs run; what they keep for their user goes into a folder of the run. */
const runAt = (name: ProgramName, job: Job, { link, folder, signal }: ScenarioOptions): RunAt => ({
  cwd: job.target,
  notes: folder,
  env: { ...process.env, HOME: job.state, ...programs[name].environment?.(job) },
  inside: link.inside,
  signal,
});

/** One program, once, into an empty folder. What has to be made ready or checked is outside of the time. */
async function runOnce(name: ProgramName, task: Task, options: ScenarioOptions) {
  const job = await inNewFolders(task, options);
  // What the program before has left to be written is not to slow this one down, and the server is to find its files
  // in memory each time.
  await run('sync', []);
  await run('sh', ['-c', 'cat ./* > /dev/null'], { cwd: options.served });
  const busyBefore = await options.link.cpuSeconds();
  const { figures, exitCode, said } = await measure(programs[name].command(job), runAt(name, job, options));
  const delayBusy = ((await options.link.cpuSeconds()) - busyBefore) / figures.wall;
  const problem = exitCode === 0 ? await problemIn(job, options) : `exit code ${exitCode}. ${said}`;
  await emptyFiles(job.target);
  return { figures, problem, delayBusy };
}

const inNewFolders = async (task: Task, { folder }: ScenarioOptions): Promise<Job> => ({
  ...task,
  target: await mkdtemp(join(folder, 'target-')),
  state: await mkdtemp(join(folder, 'state-')),
});

/**
 * Gives the room back, but leaves the files: for minutes after many were deleted, ext4 takes several times as long
 * to make new ones beside them, which would count against whoever comes next.
 */
async function emptyFiles(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) await truncate(join(folder, entry.name));
  }
}

/** What is wrong with the files that a program left: all of them are to be there, right, and nothing else. */
async function problemIn({ target, lists }: Job, { files }: ScenarioOptions): Promise<string | undefined> {
  const check = ['--check', '--quiet', '--strict', lists.md5sum];
  if ((await run('md5sum', check, { cwd: target })) !== 0) return 'files are missing or wrong';
  const left = await readdir(target);
  if (left.length > files.length) return `left ${left.length - files.length} files too many`;
  return undefined;
}

const AT_REST = { name: 'at-rest.csv', content: 'day,minutes\n' };

/** The engine with all that it needs at hand and next to nothing to do: one file of a few bytes. */
async function measureAtRest(task: Task, options: ScenarioOptions): Promise<number> {
  const { link, path, served, folder } = options;
  const { name, content } = AT_REST;
  await writeFile(join(served, name), content);
  const file = { name, size: content.length, md5: createHash('md5').update(content).digest('hex') };
  const list = join(folder, 'list.at-rest');
  await writeFile(list, jsonLines(`${link.address}/${path}`, [file]));
  const memory: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    const job = await inNewFolders({ ...task, lists: { ...task.lists, jsonLines: list } }, options);
    const { figures } = await measure(programs.engine.command(job), runAt('engine', job, options));
    memory.push(figures.memory);
  }
  return median(memory);
}
