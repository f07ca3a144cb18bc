import type { ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.ts';

/** A whole HTTP answer, ready to be sent. */
export interface Answer {
  readonly status: number;
  /** Lower-case names, `content-length` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Called once the whole body has left. */
  readonly sent?: () => void;
}

export const bytesAnswer = (
  status: number,
  contentType: string,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': contentType, 'content-length': String(body.length), ...headers },
  body,
});

export const jsonAnswer = (status: number, value: unknown): Answer =>
  bytesAnswer(status, 'application/json;charset=UTF-8', Buffer.from(JSON.stringify(value)));

/** The service documents no format for the body of an error. */
export const refusal = (status: number, message: string): Answer => jsonAnswer(status, { message });

/** How fast bodies leave. */
export interface Pace {
  readonly clock: Clock;
  /** For each connection; unlimited when left out. */
  readonly bytesPerSecond?: number | undefined;
}

/** Pieces a second that a paced body is cut into: enough for progress to look smooth. */
const PIECES_PER_SECOND = 20;

/** Sends an answer at the given pace. Resolves when it has left, or when the other side is gone. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  pace: Pace,
  gone: AbortSignal,
): Promise<void> {
  if (gone.aborted) return;
  response.writeHead(answer.status, answer.headers);
  const { body } = answer;
  const rate = pace.bytesPerSecond;
  const pieceSize = rate === undefined ? body.length : Math.max(1, Math.floor(rate / PIECES_PER_SECOND));
  for (let at = 0; at < body.length && !gone.aborted; at += pieceSize) {
    const piece = body.subarray(at, at + pieceSize);
    if (rate !== undefined) await pace.clock.sleep((piece.length / rate) * 1000, gone);
    if (!gone.aborted && !response.write(piece)) await drained(response, gone);
  }
  if (gone.aborted) return;
  await new Promise<void>((resolve) => {
    gone.addEventListener('abort', () => resolve(), { once: true });
    response.end(() => {
      answer.sent?.();
      resolve();
    });
  });
}

function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      gone.removeEventListener('abort', done);
      resolve();
    };
    response.on('drain', done);
    gone.addEventListener('abort', done);
  });
}
