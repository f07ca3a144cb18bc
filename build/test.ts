import { command } from './command.ts';
import { prepareLaunch } from './prepare-launch.ts';
import { projectFolder, say } from './project.ts';
import { runNpm } from './run.ts';
import { nothingCounted, oneFailure, runSuite } from './run-suite.ts';
import { addCounts, type Counts, summaryLine } from './test-counts.ts';
import { ensureTestServers } from './test-servers.ts';

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
  { name: 'unit and integration tests', run: () => runSuite('test:unit') },
  { name: 'proofs of the download engine, shortened', run: () => runSuite('test:proofs') },
  { name: 'flows in a real window', run: () => runSuite('test:flows') },
];

async function prepare(): Promise<Counts> {
  try {
    await prepareLaunch();
    await ensureTestServers();
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
  const total = await runSteps();
  process.stdout.write(`\n${summaryLine(total)}\n`);
  return total.failed > 0 ? 1 : 0;
});
