import type { FileReference } from '../../electron/downloads/file-source.ts';
import { ACCOUNT, md5 } from '../fakes/download-engine.ts';

/** What a listing says of a file behind a link. */
export const listedReference = (
  fileId: string,
  name: string,
  link: string,
  content: Buffer,
): FileReference => ({
  provider: 'fake',
  accountKey: ACCOUNT,
  accountName: 'acme-machine',
  reportId: 'daily',
  reportTitle: 'Daily files',
  period: null,
  fileId,
  link,
  question: '{}',
  name,
  size: content.length,
  md5: md5(content),
  content: 'text',
  expiresAt: null,
  attemptsCounted: null,
});
