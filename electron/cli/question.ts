import { localDay } from '../contract/calendar.ts';
import type { Criteria, ReportDeclaration } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Provider } from '../providers/provider.ts';
import { readCriteria, usageLine } from './criteria-options.ts';
import { notKnown } from './option-words.ts';
import type { QuestionOptions } from './options.ts';
import { nameReports } from './report-names.ts';

/** What is asked of a service, checked against what it declares. */
export interface CliQuestion {
  readonly report: ReportDeclaration;
  readonly criteria: Criteria;
  /** Sentences on what a person should know before. */
  readonly warnings: readonly string[];
}

/**
 * The question that the options ask of a system. `choices`: what was typed beside a period, by the names of the options.
 * `now`: milliseconds since 1970, UTC. Fails with what to say to a person.
 */
export function readQuestion(
  asked: QuestionOptions,
  choices: Readonly<Record<string, string>>,
  provider: Provider,
  now: number,
): Result<CliQuestion, string> {
  const reports = nameReports(provider.reports);
  const named = reports.find(({ name }) => name === asked.report);
  if (!named) {
    return failed(
      notKnown(
        '--report',
        asked.report,
        reports.map(({ name }) => name),
      ),
    );
  }
  const criteria = readCriteria(
    named,
    { from: asked.from ?? null, to: asked.to ?? null, choices },
    localDay(now),
  );
  if (!criteria.ok) {
    return failed(`${criteria.failure}\n${named.name} takes: ${usageLine(named) || 'nothing more'}`);
  }
  return ok({ report: named.report, ...criteria.value });
}
