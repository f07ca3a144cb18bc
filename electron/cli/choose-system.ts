import { failed, ok, type Result } from '../contract/result.ts';
import type { Provider } from '../providers/provider.ts';
import { notKnown } from './option-words.ts';
import { nameReports } from './report-names.ts';

/** The system of this name. Fails with what to say to a person. */
export function systemNamed(name: string, providers: readonly Provider[]): Result<Provider, string> {
  const provider = providers.find(({ signIn }) => signIn.provider === name);
  return provider ? ok(provider) : failed(notKnown('--system', name, namesOf(providers)));
}

/**
 * The system that a command line means where it names none: the only one that has the report, or else the first of all.
 * Fails with what to say to a person, where only some of the others have it.
 */
export function systemWith(report: string, providers: readonly Provider[]): Result<Provider, string> {
  const fitting = providers.filter(({ reports }) => nameReports(reports).some(({ name }) => name === report));
  const [first] = providers;
  const [only, ...more] = fitting.length === 0 || (first && fitting.includes(first)) ? [first] : fitting;
  if (!only) return failed('There are no systems.');
  if (more.length === 0) return ok(only);
  return failed(`--report ${report} is one of several systems. Give --system ${namesOf(fitting).join('|')}.`);
}

const namesOf = (providers: readonly Provider[]) => providers.map(({ signIn }) => signIn.provider);
