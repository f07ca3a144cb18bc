import type { ListedFile } from '../../electron/providers/provider.ts';

/** A listed file of which a test names only what it is about. */
export const listed = (id: string, more: Partial<ListedFile> = {}): ListedFile => ({
  id,
  name: `${id}.csv`,
  size: 1,
  md5: null,
  createdOn: null,
  expiresOn: null,
  nameDate: null,
  site: null,
  attempts: 0,
  downloadable: true,
  link: `https://files.webex.com/${id}`,
  content: 'text',
  ...more,
});
