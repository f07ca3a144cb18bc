/** The command line as a whole: from what was typed to the exit code. Knows no Electron. */
import { resolve } from 'node:path';
import { failure } from '../contract/failure.ts';
import { errorCode } from '../lib/error-code.ts';
import { redact } from '../lib/redact.ts';
import type { CliContext } from './context.ts';
import { type Ending, failedWith, misused } from './ending.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { CliHost } from './host.ts';
import { commonSchema } from './options.ts';
import { createOutput, type Output } from './output.ts';
import { type CommandName, type ParsedLine, parseLine } from './program.ts';

type Typed = Readonly<Record<string, unknown>>;
type Run = (typed: Typed, context: CliContext, args: readonly string[]) => Promise<Ending>;

/** Each is loaded when it is asked for: to search the history takes no network. */
const commands: Record<CommandName, () => Promise<Run>> = {
  reports: async () => (await import('./command-reports.ts')).listReports,
  find: async () => (await import('./command-find.ts')).find,
  fetch: async () => (await import('./command-fetch.ts')).fetchFiles,
  check: async () => (await import('./command-check.ts')).check,
  history: async () => (await import('./command-history.ts')).searchHistory,
  get: async () => (await import('./command-get.ts')).getLinks,
};

/** Does what was typed and says what came of it. Resolves when all of that has been written. */
export async function runCommandLine(host: CliHost): Promise<ExitCode> {
  const json = host.args.includes('--json');
  const output = await createOutput({ json, stdout: host.stdout, stderr: host.stderr });
  const line = parseLine(host.args, host);
  const exitCode =
    line.kind === 'answer' ? answer(line.text, host) : tell(await end(line, host, output), output);
  await output.end();
  return exitCode;
}

function answer(text: string, { stdout }: CliHost): ExitCode {
  stdout.write(`${text}\n`);
  return exitCodes.good;
}

async function end(
  line: Exclude<ParsedLine, { kind: 'answer' }>,
  host: CliHost,
  output: Output,
): Promise<Ending> {
  // A password that was typed where none belongs is not to be repeated.
  if (line.kind === 'misused') return misused(redact(line.text));
  const { dataDir } = commonSchema.parse(line.options);
  const dataFolder = dataDir === undefined ? host.dataFolder : resolve(host.folder, dataDir);
  try {
    const run = await commands[line.name]();
    return await run(line.options, { host, output, dataFolder }, line.arguments);
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    host.stderr.write(`${redact(stack ?? String(error))}\n`);
    return failedWith(failure('unexpected', errorCode(error)));
  }
}

function tell({ exitCode, failure: why, summary, text }: Ending, output: Output): ExitCode {
  if (why) output.failure(why);
  if (output.json) output.line({ summary: { ...summary, exitCode } }, () => '');
  else if (text !== null) output.line({}, () => text);
  return exitCode;
}
