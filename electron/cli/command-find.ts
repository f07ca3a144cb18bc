import type { FoundFile } from '../contract/report.ts';
import { readAsked } from './asked.ts';
import type { CliContext } from './context.ts';
import { type Ending, ended, failedWith, misused } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { coverageSummary, findFiles } from './find-files.ts';
import { formatDuration, formatSize } from './format.ts';
import { accountSchema, questionSchema } from './options.ts';
import { readSettings } from './stored-settings.ts';
import { withAccount } from './with-account.ts';

const schema = accountSchema.extend(questionSchema.shape);

/** Says which files there are. */
export async function find(typed: Readonly<Record<string, unknown>>, context: CliContext): Promise<Ending> {
  const { host, output } = context;
  const asked = readAsked(schema, typed, host);
  if (!asked.ok) return misused(asked.failure);
  const { question, who } = asked.value;
  return withAccount(who, readSettings(context.dataFolder), context, async (account) => {
    const found = await findFiles(question, account, context);
    if (!found.ok) return failedWith(found.failure);
    const { entries, coverage } = found.value;
    for (const { file } of entries) output.line({ found: toFacts(file) }, () => toText(file));
    return ended(exitCodeFor(entries.length, coverage.failedSites.length), {
      files: entries.length,
      bytes: entries.reduce((sum, { file }) => sum + (file.size ?? 0), 0),
      ...coverageSummary(coverage),
    });
  });
}

/** Named one by one: a link is never told. */
const toFacts = (file: FoundFile) => ({
  file: file.name,
  size: file.size,
  md5: file.md5,
  date: file.nameDate,
  createdOn: stampText(file.createdOn),
  expiresOn: stampText(file.expiresOn),
  site: file.site,
  attempts: file.attempts,
  downloadable: file.downloadable,
  makingMs: file.makingMs ?? null,
  span: file.span ? { from: toIso(file.span.from), to: toIso(file.span.to) } : null,
});

const toIso = (time: number): string => new Date(time).toISOString();

const stampText = (stamp: FoundFile['createdOn']) => stamp && toIso(stamp.time);

const toText = ({ name, size, nameDate, site, downloadable, makingMs }: FoundFile): string =>
  [
    name,
    makingMs === undefined ? formatSize(size) : `takes about ${formatDuration(makingMs)}`,
    nameDate ?? '',
    site ?? '',
    downloadable ? '' : 'without a link',
  ]
    .filter((part) => part !== '')
    .join('  ');

/** A list that could not be read may hold what is looked for. */
export function exitCodeFor(files: number, failedSites: number) {
  if (failedSites > 0) return exitCodes.failed;
  return files === 0 ? exitCodes.nothingFound : exitCodes.good;
}
