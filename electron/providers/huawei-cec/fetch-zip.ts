import { type FileHandle, open } from 'node:fs/promises';
import { ok, type Result } from '../../contract/result.ts';
import type { AnswerHead, BodySink, HttpClient, HttpRequest } from '../../network/http.ts';
import { type Pace, pacedSink } from '../../network/paced-sink.ts';

/** What has come: a ZIP, which is safe on the disk, or something else, with its first kilobytes as text (spec 8.13). */
export type Fetched = AnswerHead &
  ({ readonly kind: 'zip' } | { readonly kind: 'other'; readonly text: string });

/** Enough of a message to explain it. */
const MESSAGE_BYTES = 16 * 1024;

/**
 * Writes the body of an answer to `path` when it is a ZIP with status 200, no faster than `pace` wants. Rejects with an
 * error of the disk.
 */
export async function fetchZip(
  http: HttpClient,
  request: HttpRequest,
  path: string,
  pace: Pace,
): Promise<Result<Fetched>> {
  const sink = createZipSink(path);
  const sent = await http.stream(request, ({ status }) => pacedSink(sink.open(status === 200), pace));
  if (!sent.ok) return sent;
  const came = sink.came();
  return ok({ ...sent.value, ...came });
}

function createZipSink(path: string) {
  let beginning: Buffer = Buffer.alloc(0);
  let mayBeZip = true;
  let file: FileHandle | null = null;

  async function write(chunk: Buffer): Promise<void> {
    file ??= await open(path, 'w');
    await file.writeFile(chunk);
  }

  const sink: BodySink = {
    take(chunk) {
      if (file) return write(chunk);
      if (beginning.length < MESSAGE_BYTES) beginning = Buffer.concat([beginning, chunk]);
      if (beginning.length < 2 || !mayBeZip) return undefined;
      mayBeZip = beginning.subarray(0, 2).toString('latin1') === 'PK';
      return mayBeZip ? write(beginning) : undefined;
    },
    async end() {
      await file?.sync();
      await file?.close();
    },
    async letGo() {
      await file?.close().catch(() => {});
    },
  };

  return {
    open(isFile: boolean): BodySink {
      mayBeZip = isFile;
      return sink;
    },
    came: () =>
      file ? ({ kind: 'zip' } as const) : ({ kind: 'other', text: beginning.toString('utf8') } as const),
  };
}
