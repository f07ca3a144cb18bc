/** The link to a file. Built by ourselves, because what others make of a query is not what the PBX reads (spec 8.11). */

/** A span of whole days as the PBX wants it. */
export interface Span {
  /** `YYYY-MM-DD hh:mm:ss`, in the time of the PBX; both ends belong to it. */
  readonly starttime: string;
  readonly endtime: string;
}

export interface LinkValues extends Span {
  readonly extensions: string;
  readonly token: string;
  readonly random: string;
}

export const spanOf = ({ from, to }: { readonly from: string; readonly to: string }): Span => ({
  starttime: `${from} 00:00:00`,
  endtime: `${to} 23:59:59`,
});

/**
 * What follows the `?`. `plain`: blanks as `%20`, `:` and `,` as they are. `encoded`: everything that may be encoded.
 * `extensionsName`: what the version of the API calls them.
 */
export function queryOf(
  extensionsName: string,
  { extensions, starttime, endtime, token, random }: LinkValues,
  spelling: 'plain' | 'encoded',
): string {
  const spell = (value: string) => {
    const encoded = encodeURIComponent(value);
    return spelling === 'plain' ? encoded.replaceAll('%3A', ':').replaceAll('%2C', ',') : encoded;
  };
  const values = [
    [extensionsName, extensions],
    ['starttime', starttime],
    ['endtime', endtime],
    ['token', token],
    ['random', random],
  ] as const;
  return values.map(([name, value]) => `${name}=${spell(value)}`).join('&');
}
