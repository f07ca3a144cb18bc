/** Values as cells of CSV. */
const [LF, CR, QUOTE, COMMA] = [10, 13, 34, 44] as const;

/** A value as a cell of CSV (RFC 4180), in quotes where it needs them. Of a hot loop. */
export function quoted(cell: string): string {
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code <= COMMA && (code === COMMA || code === QUOTE || code === CR || code === LF)) {
      return `"${cell.replaceAll('"', '""')}"`;
    }
  }
  return cell;
}

/** Characters that make a cell a formula, or hide one from a spreadsheet that drops them. */
const formulaStarts = new Set(['=', '+', '-', '@', '\t', '\r']);

/** A value that a spreadsheet takes for text. */
export const withoutFormula = (cell: string): string =>
  formulaStarts.has(cell.charAt(0)) ? `'${cell}` : cell;
