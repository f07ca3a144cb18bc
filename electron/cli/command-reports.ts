import type { SignInDeclaration, SignInField } from '../contract/account.ts';
import { ok } from '../contract/result.ts';
import { systemNamed } from './choose-system.ts';
import type { CliContext } from './context.ts';
import { optionsOf, usageLine } from './criteria-options.ts';
import { type Ending, ended, misused } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { type NamedReport, nameReports } from './report-names.ts';
import { signInUsage } from './sign-in-fields.ts';

/** Says which systems and reports there are, and what they take. Asks nobody. */
export async function listReports(
  { system }: Readonly<Record<string, unknown>>,
  { host, output }: CliContext,
): Promise<Ending> {
  const { providers } = host;
  const one = typeof system === 'string' ? systemNamed(system, providers) : ok(null);
  if (!one.ok) return misused(one.failure);
  let reports = 0;
  for (const { signIn, reports: declared } of one.value ? [one.value] : providers) {
    output.line({ signIn: systemFacts(signIn) }, () => `${signIn.label}: ${signInUsage(signIn)}`);
    for (const named of nameReports(declared)) {
      reports += 1;
      output.line(reportFacts(signIn, named), () => toText(named));
    }
  }
  return ended(exitCodes.good, { reports });
}

const systemFacts = ({ provider, label, fields, defaultServerAddress }: SignInDeclaration) => ({
  system: provider,
  label,
  server: defaultServerAddress || null,
  fields: fields.map(fieldFacts),
});

const fieldFacts = ({ id, label, secret, optional = false, options, shownWhen }: SignInField) => ({
  field: id,
  label,
  secret,
  optional,
  values: options?.map(({ value }) => value) ?? null,
  onlyWith: shownWhen ? `${shownWhen.field}=${shownWhen.is.join('|')}` : null,
});

const reportFacts = ({ provider }: SignInDeclaration, named: NamedReport) => ({
  report: named.name,
  system: provider,
  label: named.label,
  description: named.report.description,
  options: optionsOf(named),
  unavailable: named.report.unavailable ?? null,
});

function toText(named: NamedReport): string {
  const { name, label, report } = named;
  return [
    `${name}: ${label}`,
    `    ${report.unavailable ?? report.description}`,
    ...(usageLine(named) === '' ? [] : [`    ${usageLine(named)}`]),
  ].join('\n');
}
