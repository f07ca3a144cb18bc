import type { X509Certificate } from 'node:crypto';
import type { SignInDeclaration } from '../contract/account.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { readCertificates } from '../network/imported-certificates.ts';

/** The certificates that a person has picked for an account. Failure `not-a-certificate`, with the field's label. */
export function importedBy(
  { fields: declared }: Pick<SignInDeclaration, 'fields'>,
  fields: Readonly<Record<string, string>>,
): Result<readonly X509Certificate[]> {
  const imported: X509Certificate[] = [];
  for (const { id, label, file } of declared) {
    const text = fields[id]?.trim() ?? '';
    if (file !== 'certificates' || text === '') continue;
    const certificates = readCertificates(Buffer.from(text));
    if (!certificates) return failed(failure('not-a-certificate', `field ${id}`, { subject: label }));
    imported.push(...certificates);
  }
  return ok(imported);
}
