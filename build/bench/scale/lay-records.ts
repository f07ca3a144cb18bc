/* A stage that measures nothing: lays down the pages that the CSVs are made from. Argument: a folder. */
import { sliceFilesIn } from '../../../electron/providers/webex-calling/slice-files.ts';
import { recordsOf, slices } from './records.ts';
import { report } from './stage.ts';

const [folder = ''] = process.argv.slice(2);

const files = sliceFilesIn(folder);
for (const { slice, pages } of slices) {
  const writer = await files.write(slice);
  for (const page of pages) await writer.add(JSON.stringify({ items: recordsOf(page) }));
  await writer.finish(async () => {});
}
report([]);
