import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { prepareLaunch } from './prepare-launch.ts';
import { projectFolder, say } from './project.ts';
import { runNpm } from './run.ts';
import { addCounts, type Counts, countsOf, summaryLine } from './test-counts.ts';

const reportFolder = join(projectFolder, 'test-output');

interface Step {
  readonly name: string;
  /** Does it and answers with how its tests ended. Anything wrong that no test stands for counts as one failure. */
  readonly run: () => Promise<Counts>;
}

const steps: readonly Step[] = [
  { name: 'runtime and build', run: prepare },
  { name: 'type check', run: () => check('check:types') },
  { name: 'lint', run: () => check('check:style') },
  { name: 'import rules', run: () => check('check:imports') },
  { name: 'unit and integration tests', run: () => test('test:unit') },
  { name: 'flows in a real window', run: () => test('test:flows') },
];

const nothingCounted: Counts = { passed: 0, failed: 0, skipped: 0 };
const oneFailure: Counts = { ...nothingCounted, failed: 1 };

async function prepare(): Promise<Counts> {
  try {
    await prepareLaunch();
    return nothingCounted;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return oneFailure;
  }
}

async function check(script: string): Promise<Counts> {
  const code = await runNpm(['run', '-s', script], { cwd: projectFolder, output: 'as-is' });
  return code === 0 ? nothingCounted : oneFailure;
}

async function test(script: string): Promise<Counts> {
  const report = join(reportFolder, `${script.replace(':', '-')}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runNpm(['run', '-s', script, '--', ...reporters], {
    cwd: projectFolder,
    output: 'as-is',
  });
  const counts = countsOf(readReport(report));
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** A run that broke off leaves no report. */
function readReport(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** Stops at the first step that fails. */
async function runSteps(): Promise<Counts> {
  let total = nothingCounted;
  for (const { name, run } of steps) {
    say(`\n== ${name}`);
    const counts = await run();
    total = addCounts(total, counts);
    if (counts.failed > 0) {
      say(`\nStopped: ${name} failed.`);
      return total;
    }
  }
  return total;
}

await command(async () => {
  mkdirSync(reportFolder, { recursive: true });
  const total = await runSteps();
  process.stdout.write(`\n${summaryLine(total)}\n`);
  return total.failed > 0 ? 1 : 0;
});
