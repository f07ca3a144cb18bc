import { type Failure, failure } from '../contract/failure.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-code.ts';

/** How a command ended. */
export interface Ending {
  readonly exitCode: ExitCode;
  /** What ended it as a whole before its work was done; null where nothing did. */
  readonly failure: Failure | null;
  /** The last line: in figures for a script, in words for a person. */
  readonly summary: object;
  readonly text: string | null;
}

/** The end of a command that did what it was asked for. */
export const ended = (exitCode: ExitCode, summary: object, text: string | null = null): Ending => ({
  exitCode,
  failure: null,
  summary,
  text,
});

/** The end of a command that a failure ended as a whole. */
export const failedWith = (why: Failure, summary: object = {}, text: string | null = null): Ending => ({
  exitCode: exitCodeOf(why.code),
  failure: why,
  summary,
  text,
});

/** The end of a command line that does not make sense; `sentence` says why to a person. */
export const misused = (sentence: string): Ending => ({
  exitCode: exitCodes.usage,
  failure: failure('bad-input', sentence),
  summary: {},
  text: null,
});
