import { foldText } from '../lib/fold-text.ts';

/**
 * Gives each name once, so that all files fit into one folder: the second `a.csv` becomes `a (2).csv`. Upper and
 * lower case count as the same, as they do on Windows and macOS. Of equal names the first stays as it is, and a
 * number that another name in the list already has is left out.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const keys = names.map(foldText);
  const used = new Set(keys);
  /** The number that each name was last given; 1 is the name itself. */
  const numbers = new Map<string, number>();
  return names.map((name, index) => {
    const key = keys[index] ?? '';
    const last = numbers.get(key);
    if (last === undefined) {
      numbers.set(key, 1);
      return name;
    }
    let number = last + 1;
    while (used.has(foldText(numbered(name, number)))) number++;
    numbers.set(key, number);
    used.add(foldText(numbered(name, number)));
    return numbered(name, number);
  });
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`;
}
