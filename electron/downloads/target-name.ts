import { foldText } from '../lib/fold-text.ts';

const PART_SUFFIX = '.cdrpart';

/** What a file is called beside its final place until it is whole and verified. */
export const partNameOf = (name: string): string => name + PART_SUFFIX;

export const isPartName = (name: string): boolean => name.endsWith(PART_SUFFIX);

/** The names that a file may get, best first: `name.csv`, `name (2).csv`, `name (3).csv` and so on for ever. */
export function* possibleNames(wanted: string): Generator<string, never> {
  const dot = wanted.lastIndexOf('.');
  const stem = dot > 0 ? wanted.slice(0, dot) : wanted;
  const extension = dot > 0 ? wanted.slice(dot) : '';
  yield wanted;
  for (let number = 2; ; number++) yield `${stem} (${number})${extension}`;
}

/**
 * The first possible name that is free. `isTaken` is asked for the folded name: two names that differ only in case or
 * in how their letters are composed are one file on Windows and macOS.
 */
export function chooseTargetName(wanted: string, isTaken: (folded: string) => boolean): string {
  const names = possibleNames(wanted);
  let name = names.next().value;
  while (isTaken(foldText(name))) name = names.next().value;
  return name;
}
