import type { FailureCode } from '../contract/failure.ts';

/** How a run ended, for the script that started it. `docs/command-line.md` says the same to people. */
export const exitCodes = {
  /** Everything asked for is there: verified, already there, or whole where the service gives no checksum. */
  good: 0,
  /** Some files failed, or something else went wrong. */
  failed: 1,
  /** The command line itself does not make sense. */
  usage: 2,
  /** The sign-in was refused, or there is none to use. */
  signIn: 3,
  nothingFound: 4,
  /** As a shell says of a program that Ctrl-C ended. */
  stopped: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byFailure: Partial<Record<FailureCode, ExitCode>> = {
  'sign-in-refused': exitCodes.signIn,
  'nothing-kept': exitCodes.signIn,
  'sign-in-locked': exitCodes.signIn,
  'consent-refused': exitCodes.signIn,
  'access-lost': exitCodes.signIn,
  'signed-out': exitCodes.signIn,
  'no-secure-storage': exitCodes.signIn,
  'bad-address': exitCodes.usage,
  'unknown-time-zone': exitCodes.usage,
  'bad-criteria': exitCodes.usage,
  'bad-input': exitCodes.usage,
  'no-data': exitCodes.nothingFound,
  cancelled: exitCodes.stopped,
};

/** The exit code of a run that a failure ended as a whole. */
export const exitCodeOf = (code: FailureCode): ExitCode => byFailure[code] ?? exitCodes.failed;
