import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { BodySink } from '../../network/http.ts';
import { type BodyKind, END_BYTES, isEnough, kindOf, seemsWhole } from './body-kind.ts';

/** What has come in the place of a file. */
export type Body =
  | {
      readonly kind: 'csv';
      readonly size: number;
      readonly sha256: string;
      /** Whether it looks as if it had its end. */
      readonly seemsWhole: boolean;
    }
  | { readonly kind: Exclude<BodyKind, 'csv'>; readonly text: string };

/** Of a message in the file's place, this much is read. */
const MESSAGE_BYTES = 16 * 1024;

/**
 * Writes a body to `path` when it is a CSV, byte for byte, and keeps it in memory when it is anything else. `body` may
 * be asked when the body has ended; the file is safe on the disk then.
 */
export function createBodyFile(path: string): BodySink & { body(): Body } {
  const hash = createHash('sha256');
  let kind: BodyKind | null = null;
  let beginning: Buffer = Buffer.alloc(0);
  let end: Buffer = Buffer.alloc(0);
  let size = 0;
  let file: FileHandle | null = null;

  async function write(chunk: Buffer): Promise<void> {
    file ??= await open(path, 'w');
    await file.writeFile(chunk);
    hash.update(chunk);
    size += chunk.length;
    end = chunk.length >= END_BYTES ? chunk.subarray(-END_BYTES) : tail(Buffer.concat([end, chunk]));
  }

  function decide(): Promise<void> | undefined {
    kind = kindOf(beginning);
    return kind === 'csv' ? write(beginning) : undefined;
  }

  return {
    take(chunk) {
      if (kind === 'csv') return write(chunk);
      if (beginning.length < MESSAGE_BYTES) beginning = Buffer.concat([beginning, chunk]);
      return kind === null && isEnough(beginning) ? decide() : undefined;
    },
    async end() {
      if (kind === null) await decide();
      await file?.sync();
      await file?.close();
    },
    async letGo() {
      await file?.close().catch(() => {});
    },
    body() {
      if (kind === null) throw new Error('a body that has not ended');
      if (kind !== 'csv') return { kind, text: beginning.toString('utf8') };
      return { kind, size, sha256: hash.copy().digest('hex'), seemsWhole: seemsWhole(beginning, end) };
    },
  };
}

const tail = (bytes: Buffer): Buffer => bytes.subarray(Math.max(0, bytes.length - END_BYTES));
