/** What the service itself says and holds, read past the application, to compare with what arrived on disk. */
import { z } from 'zod';
import type { Server } from './desk.ts';

const listing = z.object({
  items: z.array(
    z.looseObject({
      downloadLink: z.string().optional(),
      fileName: z.string().optional(),
      metadata: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
    }),
  ),
});

async function bearer({ address, account }: Server): Promise<Record<string, string>> {
  const answer = await fetch(`${address}/v1/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accountName: account.name, accountPassword: account.password }),
  });
  const { accessToken } = z.object({ accessToken: z.string() }).parse(await answer.json());
  return { authorization: `Bearer ${accessToken}` };
}

/** Every file that the listing names, by name, with its bytes. */
export async function filesOf(server: Server, pathAndQuery: string): Promise<Map<string, Buffer>> {
  const headers = await bearer(server);
  const answer = await fetch(`${server.address}${pathAndQuery}&size=1000`, { headers });
  const { items } = listing.parse(await answer.json());
  const files = new Map<string, Buffer>();
  for (const item of items) {
    const readable = item.metadata?.find(({ key }) => key === 'humanReadableFileName')?.value;
    const name = item.fileName ?? readable;
    if (name === undefined || item.downloadLink === undefined) throw new Error('a file without name or link');
    const body = await fetch(item.downloadLink, { headers });
    files.set(name, Buffer.from(await body.arrayBuffer()));
  }
  return files;
}

/** The body behind one path. */
export async function bodyOf(server: Server, path: string): Promise<Buffer> {
  const answer = await fetch(`${server.address}${path}`, { headers: await bearer(server) });
  return Buffer.from(await answer.arrayBuffer());
}
