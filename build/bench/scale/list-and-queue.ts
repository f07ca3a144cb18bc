/* A stage: finds very many files through the provider and puts them all into the queue. Arguments: server, folder. */
import type { Account } from '../../../electron/accounts/account.ts';
import { addMonths, firstDayOf, lastDayOf, localDay, monthOf } from '../../../electron/contract/calendar.ts';
import type { Result } from '../../../electron/contract/result.ts';
import { downloadCalls } from '../../../electron/ipc/download-calls.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import { createHttpClient } from '../../../electron/network/http-client.ts';
import { createCiscoCca } from '../../../electron/providers/cisco-cca/index.ts';
import { findReport } from '../../../electron/reports/find-report.ts';
import { createListings } from '../../../electron/reports/listings.ts';
import { openQueue } from './open-queue.ts';
import { MANY, MONTHS, report, watched, watchMemory } from './stage.ts';

const [serverAddress = '', folder = ''] = process.argv.slice(2);

function mustBe<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const provider = createCiscoCca();
const fields = { accountName: 'busy', accountPassword: 'year' };
const http = createHttpClient({ budget: createConnectionBudget(20) });
const account: Account = {
  key: 'busy',
  name: 'busy',
  provider,
  serverAddress,
  demo: false,
  session: provider.openSession({ serverAddress, fields, http, clock: systemClock }),
  http,
  kept: false,
  notKept: null,
};
const listings = createListings({ mostFiles: MANY });

async function find() {
  const thisMonth = monthOf(localDay(systemClock.now()));
  const from = firstDayOf(addMonths(thisMonth, -MONTHS));
  const to = lastDayOf(addMonths(thisMonth, -1));
  const archives = provider.reports.find(({ id }) => id === 'daily-archives');
  if (archives === undefined) throw new Error('no report of archives');
  const found = await findReport({
    session: account.session,
    report: archives,
    criteria: { period: { from, to } },
    clock: systemClock,
    random: Math.random,
    signal: new AbortController().signal,
  });
  return listings.keep(account.key, mustBe(found));
}

const growth = watchMemory();
const { value: found, ...listed } = await watched(find);
const memoryListed = growth();
const { listingId, files } = found;
if (files.length !== MANY) throw new Error(`listed ${files.length} files`);

const queue = openQueue(folder);
const { add } = downloadCalls({
  accounts: { current: () => account },
  listings,
  downloads: queue.manager,
  leaveManifest: () => false,
  showInFolder: () => Promise.resolve({ ok: true, value: null }),
  standardFolder: folder,
});
const added = await watched(async () => add({ listingId, fileIds: files.map(({ id }) => id), folder }));
mustBe(added.value);
const told = await watched(() => queue.told(MANY));
const memoryAdded = growth();
await queue.close();
await http.close();
report([
  { name: 'listed through the provider, pages of 1,000', ...listed, memory: memoryListed },
  {
    name: 'put into the queue',
    seconds: added.seconds,
    memory: memoryAdded,
    longestBlock: Math.max(added.longestBlock, told.longestBlock),
  },
]);
