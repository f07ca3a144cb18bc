import type { BodySink } from '../../electron/network/http.ts';

/** A sink that keeps what it is given, and that fails when it is not called as `BodySink` promises. */
export interface RecordingSink extends BodySink {
  /** What it has been given so far. */
  bytes(): Buffer;
  readonly state: 'open' | 'busy' | 'ended' | 'let go';
}

/** `take` may hold the body back, or fail. */
export function createRecordingSink(
  take: (chunk: Buffer) => Promise<void> | undefined = () => undefined,
): RecordingSink {
  const chunks: Buffer[] = [];
  let state: RecordingSink['state'] = 'open';

  function become(next: RecordingSink['state']): Promise<void> {
    if (state !== 'open') throw new Error(`${next} when it was ${state}`);
    state = next;
    return Promise.resolve();
  }

  return {
    get state() {
      return state;
    },
    bytes: () => Buffer.concat(chunks),
    take(chunk) {
      if (state !== 'open') throw new Error(`given bytes when it was ${state}`);
      if (chunk.length === 0) throw new Error('given nothing');
      chunks.push(chunk);
      const taken = take(chunk);
      if (!taken) return undefined;
      state = 'busy';
      return taken.finally(() => {
        state = 'open';
      });
    },
    end: async () => become('ended'),
    letGo: async () => become('let go'),
  };
}

/** A promise and what resolves it. */
export function createLatch(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
