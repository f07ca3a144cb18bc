import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { errorCode } from '../lib/error-code.ts';
import {
  certificatesText,
  MOST_CERTIFICATE_BYTES,
  readCertificates,
} from '../network/imported-certificates.ts';

/**
 * The certificates of a file, as the value of a sign-in field. Failures, each with the file's name: `file-missing`, and
 * `not-a-certificate` for all that can't be read.
 */
export async function readCertificateFile(path: string): Promise<Result<string>> {
  const subject = basename(path);
  let bytes: Buffer;
  try {
    // One byte more than may be, so that a file that is too long is seen to be.
    bytes = await buffer(createReadStream(path, { end: MOST_CERTIFICATE_BYTES }));
  } catch (error) {
    const code = errorCode(error);
    return failed(failure(code === 'ENOENT' ? 'file-missing' : 'not-a-certificate', code, { subject }));
  }
  const certificates = readCertificates(bytes);
  return certificates
    ? ok(certificatesText(certificates))
    : failed(failure('not-a-certificate', 'neither PEM nor DER', { subject }));
}
