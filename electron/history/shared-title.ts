/**
 * One title for a report that was asked in several ways: what the titles begin with in common, in whole phrases.
 * `Peak Port files, daily, site level` and `Peak Port files, daily, customer level` are `Peak Port files, daily`.
 * Without anything in common, the newer one.
 */
export function sharedTitle(older: string, newer: string): string {
  const phrases = older.split(', ');
  const common: string[] = [];
  for (const [index, phrase] of newer.split(', ').entries()) {
    if (phrases[index] !== phrase) break;
    common.push(phrase);
  }
  return common.length > 0 ? common.join(', ') : newer;
}
