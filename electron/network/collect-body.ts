import type { BodySink } from './http.ts';

/** The body is longer than allowed. */
export class TooLongError extends Error {
  override readonly name = 'TooLongError';
}

/** Keeps a body in memory; one with more than `maxBytes` is refused with a `TooLongError`. */
export function collectBody(maxBytes: number): BodySink & { text(): string } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    take(chunk) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLongError(`more than ${maxBytes} bytes`);
      chunks.push(chunk);
      return undefined;
    },
    end: () => Promise.resolve(),
    letGo: () => Promise.resolve(),
    text: () => new TextDecoder().decode(Buffer.concat(chunks)),
  };
}
