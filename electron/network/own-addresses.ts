import { networkInterfaces } from 'node:os';

/**
 * This computer's own addresses, by which it can reach others: none of itself alone, and none that a network card
 * gives itself before it is part of a network.
 */
export function ownAddresses(): readonly string[] {
  const all = Object.values(readInterfaces()).flatMap((addresses) => addresses ?? []);
  return all
    .filter(({ internal, address }) => !internal && !isLinkLocal(address))
    .map(({ address }) => address);
}

/** Where the system does not tell, there are none, always: then nothing seems to change. */
function readInterfaces(): ReturnType<typeof networkInterfaces> {
  try {
    return networkInterfaces();
  } catch {
    return {};
  }
}

/** RFC 3927 and RFC 4291, section 2.5.6. */
const isLinkLocal = (address: string) => /^(169\.254\.|fe[89ab])/i.test(address);
