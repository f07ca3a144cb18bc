import { createHash } from 'node:crypto';
import { z } from 'zod';

const tokenSchema = z.object({
  tokenType: z.literal('Bearer'),
  accessToken: z.string(),
  expiresIn: z.number(),
});

export const itemSchema = z.object({
  id: z.string(),
  createdOn: z.string(),
  downloadLink: z.string().optional(),
  a: z.string().optional(),
  fileSize: z.number(),
  checksum: z.string(),
  type: z.string(),
  expiredOn: z.string(),
  downloadAttempts: z.number(),
  fileName: z.string().optional(),
  metadata: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
});
export type Item = z.infer<typeof itemSchema>;

const listingSchema = z.object({
  total: z.number(),
  from: z.number(),
  size: z.number(),
  items: z.array(itemSchema),
});

/** Signs in and answers with a function that asks with the token. */
export async function signIn(address: string) {
  const response = await askForToken(address, { accountName: 'demo', accountPassword: 'demo' });
  const token = tokenSchema.parse(await response.json());
  const get = (pathOrLink: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(pathOrLink.startsWith('/') ? `${address}${pathOrLink}` : pathOrLink, {
      headers: { authorization: `Bearer ${token.accessToken}`, ...headers },
    });
  return {
    token,
    get,
    list: async (path: string) => listingSchema.parse(await (await get(path)).json()),
    bytes: async (item: Item) => Buffer.from(await (await get(linkOf(item))).arrayBuffer()),
  };
}

export const askForToken = (address: string, body: unknown): Promise<Response> =>
  fetch(`${address}/v1/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export const linkOf = (item: Item): string => item.downloadLink ?? item.a ?? '';

export const nameOf = (item: Item): string =>
  item.fileName ?? item.metadata?.find((entry) => entry.key === 'humanReadableFileName')?.value ?? '';

export const md5Of = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');
