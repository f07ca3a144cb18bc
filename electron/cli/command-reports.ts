import type { CliContext } from './context.ts';
import { optionsOf, usageLine } from './criteria-options.ts';
import { type Ending, ended, misused } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { type NamedReport, nameReports } from './report-names.ts';

/** Says which reports there are, and what they take. Asks nobody. */
export async function listReports(
  typed: Readonly<Record<string, unknown>>,
  { host, output }: CliContext,
): Promise<Ending> {
  const provider = host.providers.find(({ signIn }) => signIn.provider === typed.provider);
  if (!provider) return misused(`--provider ${String(typed.provider)} is not known.`);
  const reports = nameReports(provider.reports);
  for (const named of reports) {
    const { name, label, report } = named;
    const facts = { report: name, label, description: report.description, options: optionsOf(named) };
    output.line({ ...facts, unavailable: report.unavailable ?? null }, () => toText(named));
  }
  return ended(exitCodes.good, { reports: reports.length });
}

function toText(named: NamedReport): string {
  const { name, label, report } = named;
  return [
    `${name}: ${label}`,
    `    ${report.unavailable ?? report.description}`,
    ...(usageLine(named) === '' ? [] : [`    ${usageLine(named)}`]),
  ].join('\n');
}
