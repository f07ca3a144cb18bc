/** Certificates out of a file that a person has picked, to be trusted beside the authorities. */
import { X509Certificate } from 'node:crypto';

/** A company's authorities are a few kilobytes; whatever is larger is another kind of file. */
export const MOST_CERTIFICATE_BYTES = 30_000;

const block = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;

/**
 * The certificates in a file: all of a PEM file, in which keys and whatever else stands between them do not matter, or
 * the one of a DER file. Null where there is none, where one can't be read, and for more than 30 kB.
 */
export function readCertificates(bytes: Uint8Array): readonly X509Certificate[] | null {
  if (bytes.length > MOST_CERTIFICATE_BYTES) return null;
  const blocks = Buffer.from(bytes).toString('latin1').match(block);
  try {
    return (blocks ?? [bytes]).map((one) => new X509Certificate(one));
  } catch {
    return null;
  }
}

/**
 * Certificates as the text of a PEM file, above each of them a line for people:
 * `# Example Root CA, valid until 2031-05-01`.
 */
export const certificatesText = (certificates: readonly X509Certificate[]): string =>
  certificates.map((one) => `# ${nameOf(one)}, valid until ${lastDay(one)}\n${one}`).join('');

/** The subject's common name, else all of its parts. */
function nameOf({ subject }: X509Certificate): string {
  const parts = subject.split('\n').filter(Boolean);
  const named = parts.find((part) => part.startsWith('CN='));
  return named?.slice('CN='.length) ?? (parts.join(', ') || 'Without a name');
}

const lastDay = ({ validTo }: X509Certificate): string => new Date(validTo).toISOString().slice(0, 10);
