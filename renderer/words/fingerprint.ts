const PAIRS_IN_A_GROUP = 4;

/** A fingerprint in groups that the eye can compare: `AB:CD:EF:01`, each of them four of its pairs. */
export function fingerprintGroups(fingerprint: string): string[] {
  const pairs = fingerprint.toUpperCase().match(/[0-9A-F]{2}/g) ?? [];
  const groups: string[] = [];
  for (let at = 0; at < pairs.length; at += PAIRS_IN_A_GROUP) {
    groups.push(pairs.slice(at, at + PAIRS_IN_A_GROUP).join(':'));
  }
  return groups;
}
