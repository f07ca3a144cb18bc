/**
 * The address of the next page in a `Link` header; null where there is none. The service writes `<<https://…;rel="next">`,
 * so only addresses and the `rel` behind each are looked for, whatever stands around them (spec 4.3, 8.7). `unreadable`:
 * there is a next page, but nothing that is its address for certain; taken for the last page, it would hide the others.
 */
export function nextLink(header: string | undefined): string | null | 'unreadable' {
  if (header === undefined) return null;
  const links = [...header.matchAll(/https?:\/\/[^\s<>"]+?(?=[\s<>"]|;\s*rel\s*=|,\s*<|$)/gi)];
  for (const [i, link] of links.entries()) {
    const behind = header.slice(link.index + link[0].length, links[i + 1]?.index ?? header.length);
    // What goes on otherwise is an address that was cut at a blank.
    if (/^[\s<>"]*;/.test(behind) && isNext(behind)) return link[0];
  }
  return isNext(header) ? 'unreadable' : null;
}

const isNext = (text: string): boolean =>
  [...text.matchAll(/\brel\s*=\s*["']?\s*([^"'>;,]+)/gi)].some(([, relations = '']) =>
    relations.toLowerCase().split(/\s+/).includes('next'),
  );
