import { foldText } from '../lib/fold-text.ts';

export interface Pairs<T> {
  /** Each wanted one with the file that it means, or null where there is none. In the order of the wanted ones. */
  readonly pairs: readonly { readonly wanted: T; readonly file: string | null }[];
  /** Files that nobody wants. */
  readonly extra: readonly string[];
}

/**
 * Finds the file that each wanted one means: the one of exactly its name, else one that differs in case only or in how
 * its letters are composed, as file systems may change that. No file is taken twice.
 */
export function pairNames<T extends { readonly name: string }>(
  wanted: readonly T[],
  files: readonly string[],
): Pairs<T> {
  const left = new Set(files);
  const exact = new Set(wanted.filter(({ name }) => left.delete(name)));
  const alike = exact.size === wanted.length ? new Map<string, string>() : byFoldedName(left);

  function fileFor(one: T): string | null {
    if (exact.has(one)) return one.name;
    const file = alike.get(foldText(one.name));
    return file !== undefined && left.delete(file) ? file : null;
  }

  const pairs = wanted.map((one) => ({ wanted: one, file: fileFor(one) }));
  return { pairs, extra: [...left] };
}

const byFoldedName = (names: Iterable<string>): Map<string, string> =>
  new Map(Array.from(names, (name) => [foldText(name), name]));
