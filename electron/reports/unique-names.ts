import { foldText } from '../lib/fold-text.ts';
import { inSlices } from '../lib/in-slices.ts';

const NAMES_AT_ONCE = 20_000;

/**
 * Gives each name once, so that all files fit into one folder: the second `a.csv` becomes `a (2).csv`. Upper and
 * lower case count as the same, as they do on Windows and macOS. Of equal names the first stays as it is, and a
 * number that another name in the list already has is left out.
 */
export async function uniqueNames(names: readonly string[]): Promise<readonly string[]> {
  const keys: string[] = [];
  const used = new Set<string>();
  await inSlices(names, NAMES_AT_ONCE, (slice) => {
    for (const name of slice) {
      const key = foldText(name);
      keys.push(key);
      used.add(key);
    }
  });
  return used.size === names.length ? names : numberEqualOnes(names, keys, used);
}

/** `keys`: the names in the same order, folded. `used`: all of them, and what is given besides. */
function numberEqualOnes(names: readonly string[], keys: readonly string[], used: Set<string>): string[] {
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
