/**
 * What to call a thrown thing in a technical line: its code (`ENOSPC`), else the name of its kind. Never its
 * message, which can hold paths, links and what a person typed.
 */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error ? error.code : null;
  return typeof code === 'string' && /^\w+$/.test(code) ? code : error.name;
}
