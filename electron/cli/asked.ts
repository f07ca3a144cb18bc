import type { z } from 'zod';
import { failed, ok, type Result } from '../contract/result.ts';
import { systemNamed, systemWith } from './choose-system.ts';
import type { CliHost } from './host.ts';
import { type AccountOptions, explainOptions, type QuestionOptions } from './options.ts';
import { typedCriteria } from './program.ts';
import { type CliQuestion, readQuestion } from './question.ts';
import { type SignInChoice, whoSignsIn } from './who-signs-in.ts';

/** What `find` and `fetch` have to know before anything is sent. */
export interface Asked<Options> {
  readonly options: Options;
  readonly question: CliQuestion;
  readonly who: SignInChoice;
}

/** Reads a command line that asks a question in somebody's name. Fails with what to say to a person. */
export function readAsked<Options extends AccountOptions & QuestionOptions>(
  schema: z.ZodType<Options>,
  typed: Readonly<Record<string, unknown>>,
  { providers, clock }: CliHost,
): Result<Asked<Options>, string> {
  const parsed = schema.safeParse(typed);
  if (!parsed.success) return failed(explainOptions(parsed.error));
  const options = parsed.data;
  const { system, report } = options;
  const provider = system === undefined ? systemWith(report, providers) : systemNamed(system, providers);
  if (!provider.ok) return provider;
  const question = readQuestion(options, typedCriteria(typed, providers), provider.value, clock.now());
  if (!question.ok) return question;
  const who = whoSignsIn(options, provider.value);
  return who.ok ? ok({ options, question: question.value, who: who.value }) : who;
}
