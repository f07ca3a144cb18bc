/** What the disk's thread is asked for and answers with. Both sides are ours and of one build. */

/** Bytes to append: the first `length` of a piece of shared memory, which is the thread's until it answers. */
export interface SharedBytes {
  readonly memory: SharedArrayBuffer;
  readonly length: number;
}

/** `part`: the number that the asking side gave a part that it created or reopened. */
export type DiskRequest =
  | { readonly op: 'md5Of'; readonly path: string }
  | { readonly op: 'create'; readonly part: number; readonly path: string }
  | { readonly op: 'reopen'; readonly part: number; readonly path: string; readonly keep: number }
  | { readonly op: 'append'; readonly part: number; readonly bytes: SharedBytes }
  | { readonly op: 'reserve'; readonly part: number; readonly bytes: number }
  | { readonly op: 'md5' | 'flush' | 'clear' | 'close'; readonly part: number };

export type DiskOp = DiskRequest['op'];

/** What each request is answered with. */
export interface DiskAnswers {
  /** Null when it was cancelled. */
  md5Of: string | null;
  /** False when there is something under the name already. */
  create: boolean;
  /** Bytes that were kept; null when it was cancelled. */
  reopen: number | null;
  append: null;
  reserve: null;
  md5: string;
  /** Bytes that are safe. */
  flush: number;
  clear: null;
  close: null;
}

/** An error of the file system; errors lose their code on the way between threads. */
export interface DiskError {
  readonly message: string;
  readonly code: string | null;
  readonly syscall: string | null;
}

/** Requests of one turn go together. `cancel`: whoever asked for this number does not wait for it any more. */
export interface ToDisk {
  readonly requests: readonly (readonly [number: number, request: DiskRequest])[];
  readonly cancel: readonly number[];
}

export type FromDisk = readonly (readonly [
  number: number,
  error: DiskError | null,
  answer: DiskAnswers[DiskOp] | null,
])[];
