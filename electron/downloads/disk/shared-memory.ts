/** Pieces of memory that two threads can see, used again and again. */
export interface SharedMemory {
  take(): Uint8Array;
  giveBack(piece: Uint8Array): void;
  /** The memory behind a piece. */
  sharedOf(piece: Uint8Array): SharedArrayBuffer;
}

/** Few large writes are cheaper than many small ones, but small files come by the thousand. */
const PIECE_BYTES = 256 * 1024;
/** More are left to the garbage collector. */
const MOST_KEPT = 64;

export function createSharedMemory(): SharedMemory {
  const free: Uint8Array[] = [];
  const shared = new WeakMap<Uint8Array, SharedArrayBuffer>();

  function make(): Uint8Array {
    const memory = new SharedArrayBuffer(PIECE_BYTES);
    const piece = new Uint8Array(memory);
    shared.set(piece, memory);
    return piece;
  }

  return {
    take: () => free.pop() ?? make(),
    giveBack(piece) {
      if (free.length < MOST_KEPT) free.push(piece);
    },
    sharedOf(piece) {
      const memory = shared.get(piece);
      if (!memory) throw new Error('not a piece of this memory');
      return memory;
    },
  };
}
