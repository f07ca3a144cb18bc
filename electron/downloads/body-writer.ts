import { Writable } from 'node:stream';
import { type Failure, failure } from '../contract/failure.ts';
import type { FileContent } from '../history/file-reference.ts';
import type { PartFile } from './part-file.ts';
import { BEGINNING_BYTES, checkBeginning } from './verify-file.ts';

/** Ends a body that is not the wanted file. */
export class RefusedBody extends Error {
  override readonly name = 'RefusedBody';
  readonly failure: Failure;

  constructor(why: Failure) {
    super(why.detail);
    this.failure = why;
  }
}

export interface BodyWriterOptions {
  readonly part: PartFile;
  /**
   * Set for a body that is the file from its beginning: what that must look like. The part keeps its bytes until
   * the new ones have shown that they are worth it. Null for a body that continues the part.
   */
  readonly beginsAs: FileContent | null;
  /** Called before the part forgets its bytes. */
  readonly onBegin: () => void;
  /** Bytes that the part may have in the end, null for any number. */
  readonly most: number | null;
  /** Called after bytes were written; the next ones wait for it. */
  readonly onWritten: () => Promise<void>;
}

/** Few large writes are cheaper than many small ones; twice this much is in memory at most. */
const GATHER_BYTES = 1024 * 1024;

/** Writes a body into a part. Destroyed with `RefusedBody`, or an error of the disk. */
export function createBodyWriter(options: BodyWriterOptions): Writable {
  const { part, beginsAs, most } = options;
  let held: Buffer[] | null = beginsAs === null ? null : [];
  let working: Promise<void> = Promise.resolve();

  async function take(chunks: readonly Buffer[]): Promise<void> {
    if (held === null) return put(chunks);
    held.push(...chunks);
    if (lengthOf(held) >= BEGINNING_BYTES) await begin(held);
  }

  async function begin(first: readonly Buffer[]): Promise<void> {
    held = null;
    const wrong = beginsAs && checkBeginning(beginsAs, Buffer.concat(first).subarray(0, BEGINNING_BYTES));
    if (wrong) throw new RefusedBody(wrong);
    options.onBegin();
    await part.clear();
    await put(first);
  }

  async function put(chunks: readonly Buffer[]): Promise<void> {
    if (most !== null && part.size + lengthOf(chunks) > most) {
      throw new RefusedBody(failure('wrong-size', `more than the announced ${most} bytes`));
    }
    await part.append(chunks);
    await options.onWritten();
  }

  const work = (step: Promise<void>, done: (error?: Error | null) => void) => {
    working = step;
    step.then(() => done(), done);
  };

  return new Writable({
    highWaterMark: GATHER_BYTES,
    write: (chunk, _encoding, done) => work(take([chunk]), done),
    writev: (writes, done) => work(take(writes.map(({ chunk }) => chunk)), done),
    final: (done) => work(held === null ? Promise.resolve() : begin(held), done),
    // Closed means that nothing touches the part any more, so a write that is under way comes first.
    destroy: (error, done) => void working.catch(() => {}).then(() => done(error)),
  });
}

const lengthOf = (chunks: readonly Buffer[]): number => chunks.reduce((sum, { length }) => sum + length, 0);

/** Keeps the first `most` bytes of a body and lets the rest go by. */
export function createTextCollector(most: number): { readonly writable: Writable; text(): string } {
  const kept: Buffer[] = [];
  let room = most;
  const writable = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (room > 0) kept.push(chunk.subarray(0, room));
      room -= chunk.length;
      done();
    },
  });
  return { writable, text: () => new TextDecoder().decode(Buffer.concat(kept)) };
}

/** A writable that ends the answer as soon as it is given one: for bodies that nobody wants. */
export function refuseBody(why: Failure): Writable {
  return new Writable({
    construct: (done) => done(new RefusedBody(why)),
  });
}
