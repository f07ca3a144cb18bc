import tls from 'node:tls';

/**
 * The certificate authorities to trust, as PEM: those that Node brings along and those that the operating system
 * knows, among them the authority of a company whose network looks into TLS. Null where Node cannot tell (before
 * 22.15, and in builds without it): then connections go by Node's own list.
 */
export function osCertificates(): readonly string[] | null {
  const known = [...read('default'), ...read('system')];
  return known.length === 0 ? null : [...new Set(known)];
}

function read(kind: 'default' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(kind);
  } catch {
    return [];
  }
}
