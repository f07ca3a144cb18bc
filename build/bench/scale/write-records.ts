/*
 * A stage: makes one CSV of very many call records, from pages that have arrived. Arguments: the folder with the pages,
 * which the CSV goes beside, and how many records.
 */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { recordFileBytes } from '../../../electron/providers/webex-calling/record-file.ts';
import { sliceFilesIn } from '../../../electron/providers/webex-calling/slice-files.ts';
import { CSV_NAME, keysOfRecords, slices } from './records.ts';
import { recordsToCsv, report, watched, watchMemory } from './stage.ts';

const [folder = '', count = ''] = process.argv.slice(2);

const files = sliceFilesIn(folder);
const wanted = slices.filter(({ recordsSoFar }) => recordsSoFar <= Number(count));
const options = { format: 'csv', bom: false, safe: false, keys: keysOfRecords() } as const;

async function* batches() {
  for (const { slice } of wanted) yield* files.read(slice);
}

const growth = watchMemory();
const made = await watched(() =>
  pipeline(
    Readable.from(recordFileBytes({ ...options, batches })),
    createWriteStream(join(folder, CSV_NAME)),
  ),
);
report([
  {
    name: recordsToCsv(Number(count)),
    seconds: made.seconds,
    longestBlock: made.longestBlock,
    memory: growth(),
  },
]);
