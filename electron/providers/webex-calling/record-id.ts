import { idOfText } from '../../lib/id-set.ts';
import { type CallRecord, fieldOf, foldKey, isEmptyText } from './record.ts';

/** What tells records apart (spec 8.9): four words of 32 bits. The same array each time. */
export type RecordId = (record: CallRecord) => Uint32Array;

/**
 * A report id that is a UUID is taken as it is; any other is hashed, and without one the whole record is. A hash is SHA-256
 * cut to 128 bits, so two records never meet by chance.
 */
export function createRecordId(): RecordId {
  const words = new Uint32Array(4);

  return (record) => {
    const id = fieldOf(record, 'Report ID');
    if (readUuid(id, words)) return words;
    if (!isEmptyText(id)) return idOfText(`id ${id}`, words);
    const entries = Object.entries(record).map(([key, value]) => [foldKey(key), value] as const);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return idOfText(`record ${JSON.stringify(sorted)}`, words);
  };
}

/** The value of each hexadecimal digit by its character code; 255 for all else. */
const digits = new Uint8Array(128).fill(255);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

const DASH = '-'.charCodeAt(0);

/** Reads a UUID into four words; false for anything else. */
function readUuid(text: string, words: Uint32Array): boolean {
  if (text.length !== 36) return false;
  let word = 0;
  let count = 0;
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== DASH) return false;
      continue;
    }
    const value = digits[code] ?? 255;
    if (value === 255) return false;
    word = (word << 4) | value;
    count += 1;
    if (count % 8 === 0) words[count / 8 - 1] = word;
  }
  return true;
}
