import { resolve } from 'node:path';
import type { Account } from '../accounts/account.ts';
import { accountSource } from '../accounts/account-source.ts';
import { toReference } from '../accounts/file-reference.ts';
import type { FileReference } from '../downloads/file-source.ts';
import type { Found } from '../reports/find-report.ts';
import { readAsked } from './asked.ts';
import { exitCodeFor } from './command-find.ts';
import type { CliContext } from './context.ts';
import { downloadFiles, makeFolder, withoutLink } from './download-files.ts';
import { type Ending, ended, failedWith, misused } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { coverageSummary, findFiles } from './find-files.ts';
import type { EndedFile } from './follow-files.ts';
import { accountSchema, downloadSchema, questionSchema } from './options.ts';
import { openRecords } from './records.ts';
import { readSettings } from './stored-settings.ts';
import { withAccount } from './with-account.ts';

const schema = accountSchema.extend({ ...questionSchema.shape, ...downloadSchema.shape });

/** Finds files and downloads them. */
export async function fetchFiles(
  typed: Readonly<Record<string, unknown>>,
  context: CliContext,
): Promise<Ending> {
  const { host, dataFolder } = context;
  const asked = readAsked(schema, typed, host);
  if (!asked.ok) return misused(asked.failure);
  const { options, question, who } = asked.value;
  const folder = resolve(host.folder, options.toFolder);
  const noFolder = await makeFolder(folder);
  if (noFolder) return failedWith(noFolder);
  const records = openRecords(dataFolder);
  if (!records.ok) return failedWith(records.failure);
  try {
    const settings = readSettings(dataFolder);
    return await withAccount(who, settings, context, async (account) => {
      const found = await findFiles(question, account, context);
      if (!found.ok) return failedWith(found.failure);
      const summary = coverageSummary(found.value.coverage);
      const { failedSites } = found.value.coverage;
      if (found.value.entries.length === 0) return ended(exitCodeFor(0, failedSites.length), summary);
      const end = await downloadFiles(
        {
          records: records.value,
          settings,
          options,
          sourceOf: (key) => (key === account.key ? accountSource(account) : null),
          ...toDownload(account, found.value),
          folder,
          listedAt: host.clock.now(),
        },
        context,
        summary,
      );
      // A list that could not be read lacks files, however well the others went.
      const lacks = end.exitCode === exitCodes.good && failedSites.length > 0;
      return lacks ? { ...end, exitCode: exitCodes.failed } : end;
    });
  } finally {
    records.value.close();
  }
}

function toDownload(account: Account, { entries }: Found) {
  const references: FileReference[] = [];
  const hopeless: EndedFile[] = [];
  for (const entry of entries) {
    const reference = toReference(account, entry);
    if (reference) references.push(reference);
    else hopeless.push(withoutLink(entry.file.name));
  }
  return { references, hopeless };
}
