import { createHash } from 'node:crypto';

/** 128-bit numbers that were seen, exactly, in few bytes: a million of them take 32 MiB. */
export interface IdSet {
  /** True when the number, four words of 32 bits, was not there before. */
  add(id: Uint32Array): boolean;
}

/** Few enough numbers in each that making room for more holds nobody up. */
const PARTS = 256;
const FIRST_PLACES = 1 << 4;
const WORDS = 4;

/** A part for each value of the hash's first bits. */
export function createIdSet(): IdSet {
  const parts = Array.from({ length: PARTS }, createPart);
  return {
    add(id) {
      const [a = 0, b = 0, c = 0, d = 0] = [id[0], id[1], id[2], id[3]];
      const h = hash(a, b, c, d);
      return parts[h >>> 24]?.add(h, a, b, c, d) === true;
    },
  };
}

/** Open addressing over one array; zero marks a free place, so the number zero is kept apart. */
function createPart() {
  let places = FIRST_PLACES;
  let words = new Uint32Array(places * WORDS);
  let count = 0;
  let hasZero = false;

  const isFree = (at: number) =>
    words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0;

  /** Where the number is or has to go: the first word of its place. */
  function placeOf(h: number, a: number, b: number, c: number, d: number): number {
    let at = (h & (places - 1)) * WORDS;
    while (
      !isFree(at) &&
      !(words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d)
    ) {
      at = (at + WORDS) & (words.length - 1);
    }
    return at;
  }

  function put(at: number, a: number, b: number, c: number, d: number): void {
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = c;
    words[at + 3] = d;
  }

  function grow(): void {
    const before = words;
    places *= 2;
    words = new Uint32Array(places * WORDS);
    for (let i = 0; i < before.length; i += WORDS) {
      const [a = 0, b = 0, c = 0, d = 0] = [before[i], before[i + 1], before[i + 2], before[i + 3]];
      if (a !== 0 || b !== 0 || c !== 0 || d !== 0) put(placeOf(hash(a, b, c, d), a, b, c, d), a, b, c, d);
    }
  }

  return {
    add(h: number, a: number, b: number, c: number, d: number): boolean {
      if (a === 0 && b === 0 && c === 0 && d === 0) {
        const isNew = !hasZero;
        hasZero = true;
        return isNew;
      }
      const at = placeOf(h, a, b, c, d);
      if (!isFree(at)) return false;
      put(at, a, b, c, d);
      count += 1;
      if (count * 2 > places) grow();
      return true;
    },
  };
}

/** Ids may be counted up in any of their parts, so every bit has a say. */
function hash(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(
    a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(d, 0xc2b2ae35),
    0x27d4eb2f,
  );
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Puts a number that stands for a text into `words`: its SHA-256, cut, so that two texts never meet by chance. */
export function idOfText(text: string, words: Uint32Array): Uint32Array {
  const digest = createHash('sha256').update(text).digest();
  for (let i = 0; i < WORDS; i++) words[i] = digest.readUInt32BE(i * 4);
  return words;
}
