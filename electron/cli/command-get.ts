import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Failure, failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { MOST_AT_ONCE } from '../contract/settings.ts';
import { diskFailure, errnoOf } from '../downloads/disk-failure.ts';
import { createConnectionBudget } from '../network/connection-budget.ts';
import { createHttpClient } from '../network/http-client.ts';
import type { CliContext } from './context.ts';
import { downloadFiles, makeFolder } from './download-files.ts';
import { type Ending, failedWith, misused } from './ending.ts';
import type { CliHost } from './host.ts';
import { LINKS, readLinkList } from './link-list.ts';
import { createLinkSource } from './link-source.ts';
import { explainOptions, getSchema } from './options.ts';
import { openRecords } from './records.ts';
import { readSettings } from './stored-settings.ts';

/** Downloads plain links: the engine alone, without an account. */
export async function getLinks(
  typed: Readonly<Record<string, unknown>>,
  context: CliContext,
): Promise<Ending> {
  const { host, dataFolder } = context;
  const options = getSchema.safeParse(typed);
  if (!options.success) return misused(explainOptions(options.error));
  const list = await readList(options.data.list, host);
  if (!list.ok) return failedWith(list.failure);
  const references = readLinkList(list.value);
  if (!references.ok) return misused(`${options.data.list}: ${references.failure}`);
  const folder = resolve(host.folder, options.data.toFolder);
  const noFolder = await makeFolder(folder);
  if (noFolder) return failedWith(noFolder);
  const records = openRecords(dataFolder);
  if (!records.ok) return failedWith(records.failure);
  // There are no lists that a place would have to be kept for.
  const budget = createConnectionBudget(MOST_AT_ONCE, { reserve: 0 });
  const http = createHttpClient({
    budget,
    certificate: options.data.certificate ?? null,
    proxyFor: (origin) => host.proxyFor(origin),
  });
  const source = createLinkSource(http, host.clock);
  try {
    return await downloadFiles(
      {
        records: records.value,
        settings: readSettings(dataFolder),
        options: options.data,
        sourceOf: (key) => (key === LINKS ? source : null),
        references: references.value,
        hopeless: [],
        folder,
        listedAt: host.clock.now(),
      },
      context,
    );
  } finally {
    await http.close();
    records.value.close();
  }
}

/** The text of a file, or of standard input for `-`. */
async function readList(list: string, { folder, stdin }: CliHost): Promise<Result<string, Failure>> {
  if (list === '-') return ok(await text(stdin));
  try {
    return ok(await readFile(resolve(folder, list), 'utf8'));
  } catch (error) {
    const subject = list;
    return errnoOf(error) === 'ENOENT'
      ? failed(failure('file-missing', 'ENOENT', { subject }))
      : failed({ ...diskFailure(error), subject });
  }
}
