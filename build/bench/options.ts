import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../command.ts';
import { type RivalName, rivalNames } from './programs.ts';
import { type Scenario, standardScenarios, type Way, wayNames } from './scenarios.ts';
import { type WorkName, workNames } from './work.ts';

export const usage = `npm run bench -- [options]
  --only small,large,single,month,scale   the work; all of it by default
  --with plain,delay,tls,tls-delay        how it is served; by default whatever a target is set for
  --rivals curl,wget2,aria2,plain         the first three by default; plain is a plain engine, for orientation
  --no-engine                             the rivals alone
  --rounds N                              counted rounds after the warm-up; 5 by default
  --work DIR                              where files are made, served from and downloaded to; kept for the next run
  --json FILE                             writes every figure there
  --strict                                exit code 1 when a target is missed`;

export interface BenchOptions {
  readonly scenarios: readonly Scenario[];
  /** Whether the long lists are measured as well. */
  readonly scale: boolean;
  readonly rivals: readonly RivalName[];
  readonly withEngine: boolean;
  readonly rounds: number;
  /** Absolute. */
  readonly workFolder: string;
  /** Absolute. */
  readonly jsonFile: string | null;
  readonly strict: boolean;
}

/** @throws `Problem` with the usage when an option makes no sense. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parse(args);
  const only = choice('--only', values.only, [...workNames, 'scale']);
  const ways = values.with === undefined ? undefined : choice('--with', values.with, wayNames);
  const rivals: readonly RivalName[] =
    values.rivals === undefined ? ['curl', 'wget2', 'aria2'] : choice('--rivals', values.rivals, rivalNames);
  const works = workNames.filter((name) => only.includes(name));
  return {
    scenarios: scenariosFor(works, ways),
    scale: only.includes('scale'),
    rivals,
    withEngine: !values['no-engine'],
    rounds: wholeNumber('--rounds', values.rounds ?? '5'),
    workFolder: resolve(values.work ?? join(tmpdir(), 'cdr-desk-bench')),
    jsonFile: values.json === undefined ? null : resolve(values.json),
    strict: values.strict ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: text,
        with: text,
        rivals: text,
        rounds: text,
        work: text,
        json: text,
        'no-engine': flag,
        strict: flag,
      },
    });
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function scenariosFor(works: readonly WorkName[], ways: readonly Way[] | undefined): Scenario[] {
  if (ways === undefined) return standardScenarios.filter(({ work }) => works.includes(work));
  return works.flatMap((work) => ways.map((way) => ({ work, way })));
}

/** Names with commas between them, in the order of `allowed`; all of them when nothing was given. */
function choice<Name extends string>(
  option: string,
  given: string | undefined,
  allowed: readonly Name[],
): Name[] {
  const names = given?.split(',') ?? allowed;
  const odd = names.find((name) => !allowed.some((known) => known === name));
  if (odd !== undefined) throw new Problem(`${option} knows no "${odd}".\n\n${usage}`);
  return allowed.filter((name) => names.includes(name));
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new Problem(`${option} wants a whole number from 1, not "${text}".\n\n${usage}`);
  }
  return Number(text);
}
