/*
 * What anybody would write first: `fetch`, a transform that hashes, a write stream. Resumes nothing, flushes nothing,
 * keeps no queue. The engine is compared with it to tell what its care costs and what its speed brings.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { fetch } from 'undici';
import { z } from 'zod';

const fileSchema = z.object({ url: z.string(), name: z.string(), size: z.number(), md5: z.string() });

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { list: text, 'to-folder': text, 'at-once': text } });
const folder = values['to-folder'] ?? '.';

async function download({ url, name, md5 }: z.infer<typeof fileSchema>): Promise<void> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  if (!response.ok || response.body === null) throw new Error(`${name}: ${response.status}`);
  const hash = createHash('md5');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body), hashing, createWriteStream(join(folder, name)));
  if (hash.digest('hex') !== md5) throw new Error(`${name}: wrong MD5`);
}

const list = await readFile(values.list ?? '', 'utf8');
const waiting = list
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => fileSchema.parse(JSON.parse(line)))
  .values();

async function downloadInTurn(): Promise<void> {
  for (const file of waiting) await download(file);
}
await Promise.all(Array.from({ length: Number(values['at-once']) }, downloadInTurn));
