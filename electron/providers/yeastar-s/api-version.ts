/** The versions of the API. They differ in their path and in what the list of extensions is called. */

export interface ApiVersion {
  readonly name: string;
  /** Below the server address, with a slash in front. */
  readonly path: string;
  /** The list of extensions in bodies, answers and links. */
  readonly extensions: 'extid' | 'number';
}

const v1: ApiVersion = { name: 'v1.1.0', path: '/api/v1.1.0', extensions: 'extid' };
const v2: ApiVersion = { name: 'v2.0.0', path: '/api/v2.0.0', extensions: 'number' };

/**
 * The versions to try, in order. A path that a person gives stands for its version too, so that there is nothing to
 * try (spec 8.3).
 */
export function versionsFor(
  fields: Readonly<Record<string, string>>,
): readonly [ApiVersion, ...ApiVersion[]] {
  const { apiVersion, pathPrefix = '' } = fields;
  const path = pathPrefix.trim().replace(/^\/*|\/*$/g, '');
  if (path !== '') return [{ ...(apiVersion === v2.name ? v2 : v1), name: path, path: `/${path}` }];
  if (apiVersion === v1.name) return [v1];
  if (apiVersion === v2.name) return [v2];
  return [v1, v2];
}
