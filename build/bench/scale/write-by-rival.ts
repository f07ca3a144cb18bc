/*
 * A stage: has `csv-stringify` write the rows of the largest CSV of `write-records` from memory. Argument: the folder with
 * that CSV.
 */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { recordFileBytes } from '../../../electron/providers/webex-calling/record-file.ts';
import { CSV_NAME, idOf, keysOfRecords, recordsOf, slices } from './records.ts';
import { RECORDS_BY_RIVAL, report, watched } from './stage.ts';

const [folder = ''] = process.argv.slice(2);
const path = join(folder, 'theirs.csv');

/** The rows of one page, which are in memory for all pages. */
async function rowsOfPage(): Promise<string[][]> {
  const options = { format: 'csv', bom: false, safe: false, keys: keysOfRecords() } as const;
  const pieces: Buffer[] = [];
  const batches = async function* () {
    yield recordsOf(0);
  };
  for await (const piece of recordFileBytes({ ...options, batches })) pieces.push(piece);
  return parse(Buffer.concat(pieces));
}

const [head = [], ...rows] = await rowsOfPage();
const idPlace = head.indexOf('Report ID');

function* stringified(): Generator<string> {
  const options = { record_delimiter: 'windows' } as const;
  yield stringify([head], options);
  for (const page of slices.flatMap(({ pages }) => pages)) {
    rows.forEach((row, place) => {
      row[idPlace] = idOf(page, place);
    });
    yield stringify(rows, options);
  }
}

const rival = await watched(() => pipeline(Readable.from(stringified()), createWriteStream(path)));
const sizes = await Promise.all([join(folder, CSV_NAME), path].map(async (one) => (await stat(one)).size));
if (sizes[0] !== sizes[1]) throw new Error(`not the same bytes: ${sizes.join(' and ')}`);
report([{ name: RECORDS_BY_RIVAL, seconds: rival.seconds, longestBlock: 0, memory: null }]);
