/* A stage: fills a history with very many entries, then searches it in several ways. Argument: a folder. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays, type Day, localDay } from '../../../electron/contract/calendar.ts';
import { historyQuerySchema, outcomes } from '../../../electron/contract/history.ts';
import { createHistoryStore, type HistoryStore } from '../../../electron/history/history-store.ts';
import { openDatabase } from '../../../electron/lib/database.ts';
import { median } from '../statistics.ts';
import { MANY, report, type StageFigures, watched } from './stage.ts';

const [folder = ''] = process.argv.slice(2);

/** How often each kind of search is done. */
const TIMES = 50;
const DAY_MS = 24 * 3600 * 1000;
const now = Date.now();
const today = localDay(now);

const reports = ['daily-archives', 'site-files', 'peak-port'];
const pick = <T>(from: readonly T[], number: number): T => {
  const value = from[number % from.length];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
};

/** As if three years of downloads of 40 sites had come to their end, most of them well. */
function fill(history: HistoryStore): void {
  for (let number = 0; number < MANY; number += 1) {
    const site = `site-${number % 40}`;
    const day = addDays(today, -(number % 1000));
    const name = `${site}_CDR_${day}_${number}.csv`;
    const endedAt = now - ((MANY - number) * (1000 * DAY_MS)) / MANY;
    const outcome = number % 50 === 0 ? pick(outcomes, number / 50) : 'verified';
    const md5 = String(number).padStart(32, '0');
    history.record({
      reference: {
        provider: 'cisco-cca',
        accountKey: 'busy',
        accountName: 'busy-machine',
        reportId: pick(reports, number),
        reportTitle: `CDR files, ${site}`,
        period: `${day}/${day}`,
        fileId: String(number),
        link: `https://files.example.com/${number}`,
        question: '{}',
        name,
        size: 10_000,
        md5,
        content: 'text',
        expiresAt: null,
        attemptsCounted: 1,
      },
      batchId: Math.floor(number / 100),
      name,
      path: `/home/finance/Reports/${day.slice(0, 7)}/${name}`,
      startedAt: endedAt - 1000,
      endedAt,
      size: 10_000,
      md5,
      attempts: 1,
      outcome,
      failureCode: outcome === 'failed' ? 'not-found' : null,
      notes: [],
    });
  }
}

const lastDays = (count: number): { from: Day; to: Day } => ({ from: addDays(today, -count), to: today });

/** What people look for, from the most usual to the most unlucky. */
const searches: readonly [name: string, query: unknown][] = [
  ['newest', {}],
  ['page far down', { offset: 90_000 }],
  ['word that many have', { text: 'cdr' }],
  ['word that few have', { text: '99999.csv' }],
  ['word that none has', { text: 'nowhere' }],
  ['two words', { text: 'site-7 2026' }],
  ['word of the folder', { text: 'finance' }],
  ['report', { reportId: 'site-files' }],
  ['outcome', { outcome: 'failed' }],
  ['days', lastDays(30)],
  ['all at once', { text: 'site-7', reportId: 'site-files', outcome: 'verified', ...lastDays(400) }],
];

const database = openDatabase(join(folder, 'cdr-desk.sqlite'));
const history = createHistoryStore(database);
database.transaction(() => fill(history));

async function measureSearch([name, typed]: (typeof searches)[number]): Promise<StageFigures> {
  const query = historyQuerySchema.parse(typed);
  const seconds: number[] = [];
  const { longestBlock } = await watched(async () => {
    for (let time = 0; time < TIMES; time += 1) {
      await nextTurn();
      const begun = performance.now();
      history.search(query);
      seconds.push((performance.now() - begun) / 1000);
    }
  });
  return { name: `history search: ${name}`, seconds: median(seconds), memory: null, longestBlock };
}

const figures: StageFigures[] = [];
for (const search of searches) figures.push(await measureSearch(search));
database.close();
report(figures);
