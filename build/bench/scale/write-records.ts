/*
 * A stage: makes one CSV of very many call records, from pages that have arrived, and then has `csv-stringify` write the
 * same rows from memory. Argument: a folder.
 */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { sampleLegs } from '../../../electron/demo/webex-calling/sample-legs.ts';
import { createSeenKeys } from '../../../electron/providers/webex-calling/columns.ts';
import { recordFileBytes } from '../../../electron/providers/webex-calling/record-file.ts';
import { sliceFilesIn } from '../../../electron/providers/webex-calling/slice-files.ts';
import { RECORDS_BY_RIVAL, RECORDS_TO_CSV, report, watched, watchMemory } from './stage.ts';

const [folder = ''] = process.argv.slice(2);

const PAGES = 200;
const RECORDS_A_PAGE = 5000;
const HOUR_MS = 3_600_000;

const slice = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-03-01T12:00:00Z') };
const files = sliceFilesIn(folder);
const keys = createSeenKeys();

/** As long as there are not enough, another hour. */
function somePage() {
  const legs = [];
  for (let from = slice.from; legs.length < RECORDS_A_PAGE; from += HOUR_MS) {
    legs.push(...sampleLegs(from, from + HOUR_MS - 1));
  }
  return legs.slice(0, RECORDS_A_PAGE);
}

/** The id of a record; no two have the same one. */
const idOf = (page: number, place: number) =>
  `${page.toString(16).padStart(8, '0')}-0000-4000-8000-${place.toString(16).padStart(12, '0')}`;

const page = somePage();
const writer = await files.write(slice);
for (let number = 0; number < PAGES; number += 1) {
  const items = page.map((leg, place) => ({ ...leg, 'Report ID': idOf(number, place) }));
  items.forEach(keys.see);
  await writer.add(JSON.stringify({ items }));
}
await writer.finish(async () => {});

const options = { format: 'csv', bom: false, safe: false, keys: keys.list } as const;
const ours = join(folder, 'ours.csv');
const theirs = join(folder, 'theirs.csv');

const growth = watchMemory();
const made = await watched(() =>
  pipeline(
    Readable.from(recordFileBytes({ ...options, batches: () => files.read(slice) })),
    createWriteStream(ours),
  ),
);
const memory = growth();

/** The rows of one page, which are in memory for all pages. */
async function rowsOfPage(): Promise<string[][]> {
  const items = page.map((leg, place) => ({ ...leg, 'Report ID': idOf(0, place) }));
  const pieces: Buffer[] = [];
  const batches = async function* () {
    yield items;
  };
  for await (const piece of recordFileBytes({ ...options, batches })) pieces.push(piece);
  return parse(Buffer.concat(pieces));
}

const [head = [], ...rows] = await rowsOfPage();
const idPlace = head.indexOf('Report ID');

function* stringified(): Generator<string> {
  const options = { record_delimiter: 'windows' } as const;
  yield stringify([head], options);
  for (let number = 0; number < PAGES; number += 1) {
    rows.forEach((row, place) => {
      row[idPlace] = idOf(number, place);
    });
    yield stringify(rows, options);
  }
}

const rival = await watched(() => pipeline(Readable.from(stringified()), createWriteStream(theirs)));
const sizes = await Promise.all([ours, theirs].map(async (path) => (await stat(path)).size));
if (sizes[0] !== sizes[1]) throw new Error(`not the same bytes: ${sizes.join(' and ')}`);
report([
  { name: RECORDS_TO_CSV, seconds: made.seconds, longestBlock: made.longestBlock, memory },
  { name: RECORDS_BY_RIVAL, seconds: rival.seconds, longestBlock: 0, memory: null },
]);
