import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project.ts';
import { runNpm } from './run.ts';
import { type Counts, countsOf } from './test-counts.ts';

export const nothingCounted: Counts = { passed: 0, failed: 0, skipped: 0 };

/** What is wrong without a test that stands for it. */
export const oneFailure: Counts = { ...nothingCounted, failed: 1 };

const reportFolder = join(projectFolder, 'test-output');

/**
 * Runs the npm script of a Vitest suite and counts how its tests ended. One that breaks off has a failure. `env`
 * comes on top of the environment that there is.
 */
export async function runSuite(script: string, env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  mkdirSync(reportFolder, { recursive: true });
  const report = join(reportFolder, `${script.replace(':', '-')}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runNpm(['run', '-s', script, '--', ...reporters], {
    cwd: projectFolder,
    env: { ...process.env, ...env },
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
