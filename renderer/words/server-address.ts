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

/** What is wrong with a typed server address, as a sentence; null when it can be used or is left empty. */
export function addressProblem(text: string): string | null {
  const address = text.trim();
  if (address === '') return null;
  const url = parsed(address);
  if (url === null || url.hostname === '') return 'Type a whole address, such as https://example.com/api.';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(address))) {
    return 'The address has to begin with https://, so that the password travels safely.';
  }
  if (url.username !== '' || url.password !== '')
    return 'Leave the account name and password out of the address.';
  if (url.search !== '' || url.hash !== '') return 'Leave out everything from the ? or # on.';
  return null;
}
