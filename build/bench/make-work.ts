import { createCipheriv, createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Problem } from '../command.ts';
import { say } from '../project.ts';
import { totalBytes, type Work, type WorkFile } from './work.ts';

const servedSchema = z.object({ name: z.string(), size: z.number(), md5: z.string() });
/** A file that lies in the folder that is served. */
export type ServedFile = z.infer<typeof servedSchema>;

/** Goes up when the same name and size no longer mean the same bytes. */
const contentVersion = 1;
const indexSchema = z.object({ version: z.literal(contentVersion), files: z.array(servedSchema) });

const CHUNK = 1024 * 1024;

/**
 * Sees to it that the files of a work lie in `folder/<name of the work>`. They are always the same bytes, so those of
 * an earlier run will do.
 */
export async function makeWork(work: Work, folder: string, tell = say): Promise<readonly ServedFile[]> {
  const index = join(folder, `${work.name}.json`);
  const target = join(folder, work.name);
  const made = await filesMade(index, target, work.files);
  if (made) return made;
  await checkRoom(folder, totalBytes(work.files));
  tell(`Making the work: ${work.title} (${Math.round(totalBytes(work.files) / 1e6)} MB) ...`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const files: ServedFile[] = [];
  for (const file of work.files) {
    files.push({ name: file.name, size: file.size, md5: await writeWorkFile(file, join(target, file.name)) });
  }
  await writeFile(`${index}.new`, JSON.stringify({ version: contentVersion, files }));
  await rename(`${index}.new`, index);
  return files;
}

async function filesMade(
  index: string,
  target: string,
  wanted: readonly WorkFile[],
): Promise<readonly ServedFile[] | undefined> {
  const text = await readFile(index, 'utf8').catch(() => 'null');
  const { data } = indexSchema.safeParse(JSON.parse(text));
  if (data?.files.length !== wanted.length) return undefined;
  for (const [position, { name, size }] of wanted.entries()) {
    const made = data.files[position];
    const onDisk = await stat(join(target, name)).catch(() => undefined);
    if (made?.name !== name || made.size !== size || onDisk?.size !== size) return undefined;
  }
  return data.files;
}

/** @throws when a disk lacks room for `bytes`. */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const toGB = (amount: number) => (amount / 1e9).toFixed(1);
  throw new Problem(
    `${folder} has ${toGB(bavail * bsize)} GB free, and ${toGB(bytes)} GB are needed. ` +
      'Another folder can be given with --work DIR.',
  );
}

/** Gives the MD5 of what it wrote. */
async function writeWorkFile(file: WorkFile, path: string): Promise<string> {
  const md5 = createHash('md5');
  async function* hashed() {
    for await (const chunk of contentOf(file)) {
      md5.update(chunk);
      yield chunk;
    }
  }
  await pipeline(Readable.from(hashed()), createWriteStream(path));
  return md5.digest('hex');
}

/** The bytes of a file; the same for the same name and size. */
export function contentOf(file: WorkFile): Generator<Buffer> {
  return file.content === 'zip' ? noise(file) : csvLines(file);
}

/** What no program can take a short cut on, behind the signature of a ZIP. */
function* noise({ name, size }: WorkFile): Generator<Buffer> {
  const key = createHash('sha256').update(name).digest().subarray(0, 16);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(CHUNK);
  for (let done = 0; done < size; done += CHUNK) {
    const chunk = cipher.update(zeros.subarray(0, Math.min(CHUNK, size - done)));
    if (done === 0) chunk.write('PK\x03\x04', 'latin1');
    yield chunk;
  }
}

const csvHeading = 'Conference ID,Site,Start,Minutes,Participants,Amount\n';

function* csvLines({ name, size }: WorkFile): Generator<Buffer> {
  const number = Number(name.replace(/\D/g, ''));
  let left = size;
  const upTo = (text: Buffer) => {
    const part = text.subarray(0, left);
    left -= part.length;
    return part;
  };
  yield upTo(Buffer.from(csvHeading));
  for (let block = 0; left > 0; block += 1) {
    const rows = Array.from({ length: 1000 }, (_, row) => csvRow(number, block * 1000 + row));
    yield upTo(Buffer.from(rows.join('')));
  }
}

function csvRow(file: number, row: number): string {
  const scattered = (file * 7919 + row * 104_729) % 1_000_003;
  const minute = String(scattered % 60).padStart(2, '0');
  return `${scattered},site${file}.example.com,2026-10-01 09:${minute},${scattered % 240},${scattered % 97},${scattered / 100}\n`;
}
