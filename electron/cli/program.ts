/** The commands and options of the command line, as data for the library that reads them and prints their help. */
import { Command, CommanderError, Option } from 'commander';
import { MOST_AT_ONCE } from '../contract/settings.ts';
import type { Provider } from '../providers/provider.ts';
import { optionName } from './criteria-options.ts';
import { nameReports } from './report-names.ts';

export const commandNames = ['reports', 'find', 'fetch', 'check', 'history', 'get'] as const;
export type CommandName = (typeof commandNames)[number];

/** What was typed. */
export type ParsedLine =
  | {
      readonly kind: 'command';
      readonly name: CommandName;
      /** By the names of the options in camel case: `--to-folder` is `toFolder`. */
      readonly options: Readonly<Record<string, unknown>>;
      readonly arguments: readonly string[];
    }
  /** Help or the version was asked for. */
  | { readonly kind: 'answer'; readonly text: string }
  /** It does not make sense: why, and how to get help. */
  | { readonly kind: 'misused'; readonly text: string };

export interface ProgramOptions {
  readonly version: string;
  readonly providers: readonly Provider[];
}

/** Commands that know the systems: what their options are depends on them. */
const ofSystems: readonly string[] = ['reports', 'find', 'fetch'] satisfies readonly CommandName[];

/** Whether a line may be one for which the systems have to be known. */
export const isAboutSystems = (args: readonly string[]): boolean =>
  args.some((argument) => ofSystems.includes(argument));

export function parseLine(args: readonly string[], options: ProgramOptions): ParsedLine {
  const printed = { out: '', err: '' };
  let parsed: ParsedLine | null = null;
  const program = createProgram(options, (name, command) => {
    parsed = { kind: 'command', name, options: command.opts(), arguments: command.args };
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed.out += text;
      },
      writeErr: (text) => {
        printed.err += text;
      },
    });
  }
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'answer', text: printed.out.trimEnd() };
    return { kind: 'misused', text: printed.err.replace(/^error: /, '').trimEnd() };
  }
  return parsed ?? { kind: 'misused', text: program.helpInformation().trimEnd() };
}

function createProgram(
  { version, providers }: ProgramOptions,
  choose: (name: CommandName, command: Command) => void,
): Command {
  const program = new Command('cdr-desk')
    .description(
      'Finds and downloads call-detail-record and Peak Port files: complete, verified, nothing lost.',
    )
    .version(version, '--version', 'say which version this is')
    .helpOption('-h, --help', 'say how it is used')
    .helpCommand(false)
    .showHelpAfterError('Add --help for all options.');

  const add = (name: CommandName, description: string): Command => {
    const command = program
      .command(name)
      .description(description)
      .helpOption('-h, --help', 'say how it is used')
      .option('--json', 'an object a line, for scripts')
      .showHelpAfterError(`"${name} --help" lists what it takes.`);
    return command.action(() => choose(name, command));
  };

  withSystem(add('reports', 'say which reports there are, and what they and the sign-in take'), providers);
  withDataFolder(withQuestion(add('find', 'say which files there are'), providers));
  withDataFolder(withDownload(withQuestion(add('fetch', 'find files and download them'), providers)));
  add('check', 'compare the files of a folder with its manifest').argument(
    '<folder>',
    'holds a manifest.csv',
  );
  withDataFolder(add('history', 'search the record of all downloads'))
    .option('--text <words>', 'words of the name, the report, the account or the folder')
    .option('--account <name>', 'only of the account of this name')
    .option('--system <name>', 'only of this system')
    .option('--report <id>', 'only of this report')
    .option(
      '--outcome <outcome>',
      'only those that ended so: verified, unverified, already-there, failed, cancelled',
    )
    .option('--from <day>', 'ended on this day or later')
    .option('--to <day>', 'ended on this day or earlier')
    .option('--limit <n>', 'the newest N', '50');
  const get = add('get', 'download plain links').requiredOption(
    '--list <file>',
    'a JSON array or a JSON object a line, each with url, name, size and md5; - is standard input',
  );
  withDataFolder(withDownload(withCertificate(get)));
  return program;
}

const withDataFolder = (command: Command): Command =>
  command.option('--data-dir <dir>', "queue, history and settings (default: the application's own)");

function withSystem(command: Command, providers: readonly Provider[]): Command {
  const names = providers.map(({ signIn }) => signIn.provider);
  return command.option('--system <name>', `the system: ${names.join(', ')}`);
}

const withCertificate = (command: Command): Command =>
  command.option(
    '--certificate <fingerprint>',
    "trust the server's certificate by its SHA-256 fingerprint, whoever signed it",
  );

function withQuestion(command: Command, providers: readonly Provider[]): Command {
  withCertificate(withSystem(command, providers))
    .option(
      '--server <url>',
      "the service's address (default: the one that was used last, or the system's own)",
    )
    .option('--account <name>', 'who signs in (default: whose password is kept)')
    .option(
      '--field <id=value>',
      'another field of the sign-in; "cdr-desk reports" lists them',
      (field, before: readonly string[] = []) => [...before, field],
    )
    .option('--password-stdin', 'read the password from standard input, or ask for it at a terminal')
    .option('--secrets-stdin', 'the same for several: a JSON object of the secret fields by their ids')
    .option('--demo', 'use sample data on this computer, without an account')
    .requiredOption('--report <id>', 'which files; "cdr-desk reports" lists them')
    .option('--from <date>', 'the first day (2026-03-17) or month (2026-03)')
    .option('--to <date>', 'the last one');
  for (const [name, label] of criteriaNames(providers)) command.option(`--${name} <value>`, label);
  return command;
}

const withDownload = (command: Command): Command =>
  command
    .requiredOption('--to-folder <dir>', 'where the files go')
    .option(
      '--at-once <n>',
      `files at the same time, up to ${MOST_AT_ONCE} (default: the one of the settings)`,
    )
    .option('--speed-limit <n>', 'MB a second over all files (default: the one of the settings)')
    .option('--wait <minutes>', 'how long to wait for files that are all to be tried again later', '60')
    .option('--manifest', 'leave a manifest.csv beside the files');

/** What was typed for the criteria of reports beside a period, by the names of the options. */
export function typedCriteria(
  typed: Readonly<Record<string, unknown>>,
  providers: readonly Provider[],
): Record<string, string> {
  const entries = [...criteriaNames(providers).keys()].flatMap((name) => {
    const value = typed[new Option(`--${name} <value>`).attributeName()];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** The options for what reports leave open beside a period, with what each is called where it is first declared. */
function criteriaNames(providers: readonly Provider[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { report, fixed } of providers.flatMap(({ reports }) => nameReports(reports))) {
    for (const { kind, id, label } of report.fields) {
      const name = optionName(id);
      const isOpen = kind !== 'days' && kind !== 'months' && !(id in fixed);
      if (isOpen && !labels.has(name)) labels.set(name, label);
    }
  }
  return labels;
}
