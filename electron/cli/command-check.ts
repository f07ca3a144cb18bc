import { resolve } from 'node:path';
import type { CheckedFile } from '../contract/manifest.ts';
import { checkFolder } from '../manifest/check-folder.ts';
import type { CliContext } from './context.ts';
import { type Ending, ended, failedWith } from './ending.ts';
import { exitCodes } from './exit-code.ts';
import { formatSize } from './format.ts';
import { checkWords } from './outcome-words.ts';

/** Compares the files of a folder with the manifest that lies beside them. */
export async function check(
  _typed: Readonly<Record<string, unknown>>,
  { host, output }: CliContext,
  [typedFolder = '']: readonly string[],
): Promise<Ending> {
  const folder = resolve(host.folder, typedFolder);
  const checked = await checkFolder({
    folder,
    startWorker: host.startHashWorker,
    signal: host.stop,
    onProgress: ({ bytes, bytesInAll }) =>
      output.bars?.show([{ label: 'Checking', done: bytes, total: bytesInAll, speed: 0 }]),
  });
  if (!checked.ok) return failedWith({ subject: folder, ...checked.failure });
  const { count, differences } = checked.value;
  for (const file of differences) output.line({ checked: toFacts(file) }, () => toText(file));
  const fine = count.changed + count.missing + count.unreadable === 0;
  const counts = Object.entries(checkWords).flatMap(([result, words]) => {
    const files = Object.entries(count).find(([name]) => name === result)?.[1] ?? 0;
    return files === 0 ? [] : [`${files} ${words}`];
  });
  return ended(fine ? exitCodes.good : exitCodes.failed, { folder, ...count }, counts.join(', '));
}

const toFacts = ({ name, result, sizeExpected, size }: CheckedFile) => ({
  file: name,
  result,
  sizeExpected,
  size,
});

function toText({ name, result, sizeExpected, size }: CheckedFile): string {
  const sizes =
    result === 'changed' && size !== sizeExpected
      ? `  ${formatSize(size)} instead of ${formatSize(sizeExpected)}`
      : '';
  return `${checkWords[result].padEnd(19)} ${name}${sizes}`;
}
