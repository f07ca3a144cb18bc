/**
 * The address of the next page in a `Link` header, or null. The service writes `<<https://…;rel="next">`, so only
 * addresses and the `rel` behind each are looked for, whatever stands around them (spec 4.3, 8.7).
 */
export function nextLink(header: string | undefined): string | null {
  if (header === undefined) return null;
  const links = [...header.matchAll(/https?:\/\/[^\s<>"]+?(?=[\s<>"]|;\s*rel\s*=|,\s*<|$)/gi)];
  for (const [i, link] of links.entries()) {
    const behind = header.slice(link.index + link[0].length, links[i + 1]?.index ?? header.length);
    const rel = /\brel\s*=\s*"?\s*([^">;,]+)/i.exec(behind)?.[1] ?? '';
    if (rel.toLowerCase().split(/\s+/).includes('next')) return link[0];
  }
  return null;
}
