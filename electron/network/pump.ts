import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a body into a writable, no faster than that takes it, and closes both whatever happens. Answers with
 * what ended the body early, or null; an error of the writable itself rejects. Either way the writable is closed
 * by then, so that its file can be renamed or opened again.
 */
export async function pump(body: Readable, writable: Writable, signal: AbortSignal): Promise<Error | null> {
  // The side that fails takes the other along, so what counts is which was the first.
  let endedFirst: 'body' | 'writable' | null = body.destroyed ? 'body' : null;
  body.once('error', () => {
    endedFirst ??= 'body';
  });
  const endedByWritable = () => {
    endedFirst ??= 'writable';
  };
  writable.once('error', endedByWritable);
  const closed = new Promise<void>((resolve) => {
    writable.once('close', () => {
      endedByWritable();
      resolve();
    });
    if (writable.closed) resolve();
  });
  try {
    await pipeline(body, writable, { signal });
    return null;
  } catch (error) {
    writable.destroy();
    await closed;
    const ended = error instanceof Error ? error : new Error('the body ended early');
    if (signal.aborted || endedFirst === 'body') return ended;
    throw error;
  }
}
