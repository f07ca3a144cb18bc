import type { Account } from '../accounts/account.ts';
import type { Coverage, FindProgress } from '../contract/report.ts';
import type { Result } from '../contract/result.ts';
import { type Found, findReport } from '../reports/find-report.ts';
import type { CliContext } from './context.ts';
import { formatDuration, formatMoment, formatSize, plural } from './format.ts';
import type { CliQuestion } from './question.ts';

/** Lists what fits the question, shows how far it is, and says what a person should know of the answer. */
export async function findFiles(
  { report, criteria, warnings }: CliQuestion,
  account: Account,
  { host, output }: CliContext,
): Promise<Result<Found>> {
  for (const warning of warnings) output.note(warning);
  let waitsUntil: number | null = null;
  const found = await findReport({
    session: account.session,
    report,
    criteria,
    clock: host.clock,
    random: host.random,
    signal: host.stop,
    onProgress(progress) {
      showProgress(output, progress);
      if (progress.nextTryAt !== null && progress.nextTryAt !== waitsUntil) {
        output.note(`The service asked for a pause. Going on at ${formatMoment(progress.nextTryAt)}.`);
      }
      waitsUntil = progress.nextTryAt;
    },
  });
  if (found.ok) for (const text of describe(found.value)) output.note(text);
  return found;
}

function showProgress({ bars }: CliContext['output'], progress: Omit<FindProgress, 'findId'>): void {
  const { found, announced, parts, partsDone } = progress;
  const ofParts = parts > 1 ? `, part ${Math.min(partsDone + 1, parts)} of ${parts}` : '';
  bars?.show([{ label: `Looking for files${ofParts}`, done: found, total: announced, speed: null }]);
}

/** What was found, and what it lacks. */
function describe({ title, period, entries, coverage }: Found): string[] {
  const size = entries.reduce((sum, { file }) => sum + (file.size ?? 0), 0);
  const bytes = size === 0 ? '' : `, ${formatSize(size)}`;
  const makingMs = entries.reduce((sum, { file }) => sum + (file.makingMs ?? 0), 0);
  const when = period === null ? '' : `, ${period.from} to ${period.to}`;
  return [
    `${title}${when}: ${plural(entries.length, 'file')}${bytes}`,
    ...(makingMs === 0 ? [] : [`Made as they are downloaded, which takes about ${formatDuration(makingMs)}`]),
    ...coverage.missing.map((date) => `No file for ${date}`),
    ...(coverage.listed < coverage.announced
      ? [`${coverage.listed} of ${plural(coverage.announced, 'file')} listed`]
      : []),
    ...coverage.failedSites.map(({ site, code }) => `${site} could not be read (${code})`),
  ];
}

/** The same for a script. */
export const coverageSummary = ({ missing, announced, listed, failedSites }: Coverage) => ({
  announced,
  listed,
  missing,
  failedSites,
});
