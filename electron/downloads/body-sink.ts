import { type Failure, failure } from '../contract/failure.ts';
import type { FileContent } from '../history/file-reference.ts';
import type { BodySink } from '../network/http.ts';
import { both } from '../network/paced-sink.ts';
import type { PartFile } from './part-file.ts';
import { BEGINNING_BYTES, checkBeginning } from './verify-file.ts';

/** Ends a body that is not the wanted file. */
export class RefusedBody extends Error {
  override readonly name = 'RefusedBody';
  readonly failure: Failure;
  /** The first bytes of a body that stands in the file's place. */
  readonly beginning: Buffer | null;

  constructor(why: Failure, beginning: Buffer | null = null) {
    super(why.detail);
    this.failure = why;
    this.beginning = beginning;
  }
}

export interface PartSinkOptions {
  readonly part: PartFile;
  /**
   * Set for a body that is the file from its beginning: what that must look like. The part keeps its bytes until
   * the new ones have shown that they are worth it. Null for a body that continues the part.
   */
  readonly beginsAs: FileContent | null;
  /** Bytes that the part may have in the end, null for any number. */
  readonly most: number | null;
  /** Makes the part ready for a file from its beginning: whatever it held is to be forgotten. */
  readonly onBegin: () => Promise<void> | undefined;
  /** Called when the part has got bytes; the next ones wait for it. */
  readonly onTaken: (bytes: number) => Promise<void> | undefined;
  /** Called when all bytes of the body have come. */
  readonly onWhole: () => void;
  /** Called when no more bytes come: nothing must go on behind the back of whoever uses the part next. */
  readonly onOver: () => Promise<void>;
}

/** Puts a body into a part. Fails with `RefusedBody`, or with an error of the disk. */
export function createPartSink(options: PartSinkOptions): BodySink {
  const { part, beginsAs, most, onBegin, onTaken, onWhole, onOver } = options;
  /** The first bytes, until there are enough of them to tell what they are. */
  let held: Buffer[] | null = beginsAs === null ? null : [];

  function put(chunk: Buffer): Promise<void> | undefined {
    if (most !== null && part.size + chunk.length > most) {
      throw new RefusedBody(failure('wrong-size', `more than the announced ${most} bytes`));
    }
    return both(part.append(chunk), onTaken(chunk.length));
  }

  function begin(first: Buffer): Promise<void> | undefined {
    held = null;
    const wrong = beginsAs && checkBeginning(beginsAs, first.subarray(0, BEGINNING_BYTES));
    if (wrong) throw new RefusedBody(wrong, first);
    const ready = onBegin();
    return ready ? ready.then(() => put(first)) : put(first);
  }

  return {
    take(chunk) {
      if (held === null) return put(chunk);
      held.push(chunk);
      const first = held.length === 1 ? chunk : Buffer.concat(held);
      return first.length < BEGINNING_BYTES ? undefined : begin(first);
    },
    async end() {
      onWhole();
      try {
        if (held !== null) await begin(Buffer.concat(held));
      } finally {
        await onOver();
      }
    },
    letGo: () => onOver().catch(() => {}),
  };
}

/** Keeps the first `most` bytes of a body and lets the rest go by. */
export function createTextSink(most: number): BodySink & { text(): string } {
  const kept: Buffer[] = [];
  let room = most;
  return {
    take(chunk) {
      if (room > 0) kept.push(chunk.subarray(0, room));
      room -= chunk.length;
      return undefined;
    },
    end: () => Promise.resolve(),
    letGo: () => Promise.resolve(),
    text: () => new TextDecoder().decode(Buffer.concat(kept)),
  };
}
