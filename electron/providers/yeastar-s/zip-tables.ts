/** Tables that make no one table, as separate files in a ZIP (spec 8.21). */
import { Zip, ZipDeflate } from 'fflate';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: () => AsyncIterable<Buffer>;
}

/** Nobody knows the time of the tables; with that of the computer, the same ZIP would differ each time it is read. */
const ENTRY_TIME = new Date(1980, 0, 1);

export async function* zipTables(entries: readonly ZipEntry[]): AsyncIterable<Buffer> {
  let ready: Buffer[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    if (chunk.length > 0) ready.push(Buffer.from(chunk));
  });
  function* taken() {
    yield* ready;
    ready = [];
  }
  for (const { name, bytes } of entries) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = ENTRY_TIME;
    zip.add(file);
    for await (const chunk of bytes()) {
      file.push(chunk);
      yield* taken();
    }
    file.push(new Uint8Array(), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
