import { idOfText } from '../../../lib/id-set.ts';
import type { TableKind } from '../zip/tables.ts';

/** Together they tell a row from others (spec 8.11); one call may have several recordings, each with a file. */
const parts: Readonly<Record<TableKind, readonly string[]>> = {
  call: ['call_id', 'call_id_num', 'call_begin'],
  record: ['call_id', 'call_begin', 'file_name'],
};

/** What tells rows apart: four words of 32 bits. The same array each time. A row that lacks a part counts as a whole. */
export function createRowId(kind: TableKind, headings: readonly string[]) {
  const words = new Uint32Array(4);
  const places = parts[kind].map((name) => headings.indexOf(name));
  return (cells: readonly string[]): Uint32Array => {
    const known = places.map((place) => cells[place]?.trim() ?? '');
    return idOfText(JSON.stringify(known.includes('') ? ['row', ...cells] : known), words);
  };
}
