import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  describeDelay,
  describeLoad,
  describeMachine,
  describeSettings,
  describeVersions,
  measureRoundTrip,
} from './bench/describe.ts';
import { openLink } from './bench/link.ts';
import { describeLimits, measureLimits } from './bench/machine-limits.ts';
import { checkRoom, makeWork } from './bench/make-work.ts';
import { type BenchOptions, readOptions } from './bench/options.ts';
import { type ProgramName, programs } from './bench/programs.ts';
import { scenarioTable, targetTable } from './bench/report.ts';
import { benchMachine, ensurePrograms, indispensable } from './bench/required-programs.ts';
import { type Measured, runScenario } from './bench/run-scenario.ts';
import { runScale } from './bench/scale/run-scale.ts';
import { type ScaleSummary, scaleTable, summarizeScale } from './bench/scale/scale-report.ts';
import { MANY } from './bench/scale/stage.ts';
import { type Scenario, wayTitles } from './bench/scenarios.ts';
import { judge, type Outcome } from './bench/targets.ts';
import { totalBytes, works } from './bench/work.ts';
import { buildApplication } from './build-application.ts';
import { command } from './command.ts';
import { say } from './project.ts';

const print = (text: string) => process.stdout.write(`${text}\n`);

await command(async () => {
  const options = readOptions(process.argv.slice(2));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  try {
    return await bench(options, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return 130;
    throw error;
  }
});

async function bench(options: BenchOptions, signal: AbortSignal): Promise<number> {
  print(describeMachine());
  const busy = describeLoad();
  if (busy !== null) print(busy);
  const names = options.scenarios.length > 0 ? await programsAtHand(options) : [];
  if (names.includes('engine')) await buildApplication();
  await mkdir(options.workFolder, { recursive: true });
  const folder = await mkdtemp(join(options.workFolder, 'run-'));
  try {
    const limits = await measureLimits(folder);
    print(describeLimits(limits));
    const outcomes: (Outcome & Measured)[] = [];
    for (const scenario of options.scenarios) {
      outcomes.push(await measureScenario(scenario, { options, names, folder, signal }));
    }
    const scale = options.scale ? await measureScale(options, folder, signal) : [];
    const verdicts = names.includes('engine') ? judge(outcomes) : [];
    if (verdicts.length > 0) print(`\nTargets\n${targetTable(verdicts)}`);
    if (options.jsonFile) {
      const figures = { machine: describeMachine(), limits, outcomes, verdicts, scale };
      await writeFile(options.jsonFile, JSON.stringify(figures, null, 2));
    }
    const failed = outcomes.some((outcome) => outcome.failed.engine !== undefined);
    const missed = [...verdicts, ...scale].some(({ reached }) => !reached);
    return failed || (options.strict && missed) ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
    say(`The work is kept for the next run in ${options.workFolder}.`);
  }
}

/** Says what the machine is, and what is compared on it. */
async function programsAtHand({ rivals, withEngine }: BenchOptions): Promise<readonly ProgramName[]> {
  const wanted = [...new Set([...indispensable, ...rivals.flatMap((name) => programs[name].needs)])];
  const missing = await ensurePrograms(wanted, benchMachine());
  const able = rivals.filter((name) => !programs[name].needs.some((need) => missing.includes(need)));
  const names: readonly ProgramName[] = [...(withEngine ? ['engine' as const] : []), ...able];
  print(describeVersions(wanted.filter((program) => !missing.includes(program))));
  print(describeSettings(names));
  return names;
}

interface Setting {
  readonly options: BenchOptions;
  readonly names: readonly ProgramName[];
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function measureScenario(scenario: Scenario, setting: Setting): Promise<Outcome & Measured> {
  const { options, names, folder, signal } = setting;
  const work = works[scenario.work];
  const served = join(options.workFolder, 'served');
  await mkdir(served, { recursive: true });
  const files = await makeWork(work, served);
  await checkRoom(folder, totalBytes(files));
  say(`\n${work.title}, ${wayTitles[scenario.way]}`);
  const link = await openLink(scenario.way, served, folder);
  try {
    const measured = await runScenario({
      files,
      path: work.name,
      served: join(served, work.name),
      link,
      names,
      rounds: options.rounds,
      folder,
      signal,
    });
    const outcome = { ...scenario, ...measured };
    print(`\n${scenarioTable(outcome)}`);
    if (link.delayedBy !== null) {
      const roundTrip = measureRoundTrip(link, `${work.name}/${files[0]?.name}`);
      print(describeDelay(link.delayedBy, roundTrip, measured.delayBusy));
    }
    return outcome;
  } finally {
    await link.close();
  }
}

async function measureScale(
  { rounds }: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<readonly ScaleSummary[]> {
  const title = `${MANY.toLocaleString('en')} files, rows and entries`;
  say(`\n${title}`);
  const scale = summarizeScale(await runScale({ rounds, folder: join(folder, 'scale'), signal }));
  print(`\n${title}\n${scaleTable(scale)}`);
  return scale;
}
