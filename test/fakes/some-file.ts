import type { FileReference } from '../../electron/history/file-reference.ts';

/** A file of which a test names only what it is about. */
export const someFile = (change: Partial<FileReference> = {}): FileReference => ({
  provider: 'fake',
  accountKey: 'account-1',
  accountName: 'acme-machine',
  reportId: 'daily',
  reportTitle: 'Daily files',
  period: null,
  fileId: 'id',
  link: 'https://files.example.com/1',
  question: '{}',
  name: 'a.csv',
  size: null,
  md5: null,
  content: 'text',
  expiresAt: null,
  attemptsCounted: null,
  ...change,
});
