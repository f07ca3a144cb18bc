function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** The host of an address, e.g. `pcsprod.webex.com`; the text itself where it is none. */
export const hostOf = (address: string): string => parsed(address)?.host || address;

/** True for an address of this very computer. */
export function isLoopback(address: string): boolean {
  const name = parsed(address)?.hostname ?? '';
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

const hasScheme = (address: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(address);

/** True for plain http to another computer. */
const isOpen = (address: string): boolean => parsed(address)?.protocol === 'http:' && !isLoopback(address);

/**
 * What is wrong with a typed server address, as a sentence; null when it can be used or is left empty. `ownServer`: of a
 * server that the customer runs, for which a host will do, and plain http may be all that there is.
 */
export function addressProblem(text: string, ownServer = false): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const address = ownServer && !hasScheme(typed) ? `https://${typed}` : typed;
  const url = parsed(address);
  if (url === null || url.hostname === '') return 'Type a whole address, such as https://example.com/api.';
  const isAllowed =
    url.protocol === 'https:' || (url.protocol === 'http:' && (ownServer || !isOpen(address)));
  if (!isAllowed) return 'The address has to begin with https://, so that the password travels safely.';
  if (url.username !== '' || url.password !== '')
    return 'Leave the account name and password out of the address.';
  if (url.search !== '' || url.hash !== '') return 'Leave out everything from the ? or # on.';
  return null;
}

/** What to know about a typed address that can be used; null when there is nothing. */
export const addressWarning = (text: string): string | null =>
  isOpen(text.trim())
    ? 'With http:// your sign-in and the records travel in the open. Use https:// if the server offers it.'
    : null;
