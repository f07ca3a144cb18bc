/** What the bytes of a cell say (spec 8.21). A cell as it is read has a character for each byte. */
import { isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'gb18030';

const beyondAscii = /[\x80-\xff]/;

export const mayBeUtf8 = (cell: string): boolean =>
  !beyondAscii.test(cell) || isUtf8(Buffer.from(cell, 'latin1'));

/** Turns cells into text. */
export function decoderOf(encoding: Encoding): (cell: string) => string {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (cell) => (beyondAscii.test(cell) ? decoder.decode(Buffer.from(cell, 'latin1')) : cell);
}
