/** What the options of the command line hold, read from the text that was typed. */
import { z } from 'zod';
import { isDay } from '../contract/calendar.ts';
import { outcomes } from '../contract/history.ts';
import { LEAST_SPEED_LIMIT, MOST_AT_ONCE } from '../contract/settings.ts';
import { readFingerprint } from '../network/server-certificate.ts';

const BYTES_PER_MB = 1_000_000;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MINUTES = 10_080;

const number = (error: string) => z.string().trim().min(1, error).pipe(z.coerce.number(error));

const text = z.string().optional();
const flag = z.boolean().default(false);

/** A whole number from `least` to `most`. */
function count(option: string, least: number, most: number) {
  const error = `${option} takes a whole number from ${least} to ${most}.`;
  return number(error).pipe(z.int(error).min(least, error).max(most, error));
}

const speedError = `--speed-limit takes MB a second, at least ${LEAST_SPEED_LIMIT / BYTES_PER_MB}.`;
const waitError = `--wait takes minutes, at most ${LONGEST_WAIT_MINUTES}.`;

const certificate = z
  .string()
  .refine(
    (typed) => readFingerprint(typed) !== null,
    '--certificate takes a SHA-256 fingerprint: 64 hex digits, with or without colons.',
  )
  .optional();

export const commonSchema = z.object({ json: flag, dataDir: text });

export const accountSchema = z.object({
  system: text,
  server: text,
  account: text,
  /** As they were typed: `id=value`. */
  field: z.array(z.string()).default([]),
  certificate,
  passwordStdin: flag,
  secretsStdin: flag,
  demo: flag,
});
export type AccountOptions = z.infer<typeof accountSchema>;

/** The criteria beside these come under the ids of the reports' fields. */
export const questionSchema = z.object({ report: z.string(), from: text, to: text });
export type QuestionOptions = z.infer<typeof questionSchema>;

export const downloadSchema = z.object({
  toFolder: z.string(),
  atOnce: count('--at-once', 1, MOST_AT_ONCE).optional(),
  /** Bytes a second. */
  speedLimit: number(speedError)
    .transform((megabytes) => Math.round(megabytes * BYTES_PER_MB))
    .pipe(z.number().min(LEAST_SPEED_LIMIT, speedError))
    .optional(),
  /** Milliseconds. */
  wait: number(waitError)
    .pipe(z.number().min(0, waitError).max(LONGEST_WAIT_MINUTES, waitError))
    .transform((minutes) => minutes * MINUTE_MS),
  manifest: flag,
});
export type DownloadOptions = z.infer<typeof downloadSchema>;

export const getSchema = downloadSchema.extend({ list: z.string(), certificate });

const day = (option: string) =>
  z.string().refine(isDay, `${option} takes a day such as 2026-03-17.`).optional();

export const historySchema = z.object({
  text: z.string().max(500, '--text takes at most 500 characters.').default(''),
  system: text,
  account: text,
  report: text,
  outcome: z.enum(outcomes, `--outcome takes ${outcomes.join('|')}.`).optional(),
  from: day('--from'),
  to: day('--to'),
  limit: count('--limit', 1, 1000),
});
export type HistoryOptions = z.infer<typeof historySchema>;

/** Why options don't fit their schema, as sentences for a person. */
export const explainOptions = (error: z.ZodError): string =>
  [...new Set(error.issues.map(({ message }) => message))].join(' ');
