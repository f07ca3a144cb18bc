import { localDay } from '../contract/calendar.ts';
import type { Criteria, ReportDeclaration } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Provider } from '../providers/provider.ts';
import { readCriteria, usageLine } from './criteria-options.ts';
import type { QuestionOptions } from './options.ts';
import { choiceFields } from './program.ts';
import { nameReports } from './report-names.ts';

/** What is asked of a service, checked against what it declares. */
export interface CliQuestion {
  readonly provider: Provider;
  readonly report: ReportDeclaration;
  readonly criteria: Criteria;
  /** Sentences on what a person should know before. */
  readonly warnings: readonly string[];
}

export interface AskedFor extends QuestionOptions {
  readonly provider: string;
}

/**
 * The question that the options ask. `options` are all of them, for the choices that only the reports know. `now`:
 * milliseconds since 1970, UTC. Fails with what to say to a person.
 */
export function readQuestion(
  asked: AskedFor,
  options: Readonly<Record<string, unknown>>,
  providers: readonly Provider[],
  now: number,
): Result<CliQuestion, string> {
  const provider = providers.find(({ signIn }) => signIn.provider === asked.provider);
  if (!provider)
    return failed(
      unknown(
        '--provider',
        asked.provider,
        providers.map(({ signIn }) => signIn.provider),
      ),
    );
  const reports = nameReports(provider.reports);
  const named = reports.find(({ name }) => name === asked.report);
  if (!named)
    return failed(
      unknown(
        '--report',
        asked.report,
        reports.map(({ name }) => name),
      ),
    );
  const choices = [...choiceFields(providers).keys()].flatMap((id) => {
    const value = options[id];
    return typeof value === 'string' ? [[id, value]] : [];
  });
  const criteria = readCriteria(
    named,
    { from: asked.from ?? null, to: asked.to ?? null, choices: Object.fromEntries(choices) },
    localDay(now),
  );
  if (!criteria.ok) {
    return failed(`${criteria.failure}\n${named.name} takes: ${usageLine(named) || 'nothing more'}`);
  }
  return ok({ provider, report: named.report, ...criteria.value });
}

const unknown = (option: string, given: string, known: readonly string[]): string =>
  `${option} ${given} is not known. There are: ${known.join(', ')}.`;
