import type { Dispatcher } from 'undici';
import { type BodyFeed, createBodyFeed } from './body-feed.ts';
import type { Connection } from './connection.ts';
import type { AnswerHead, BodySink } from './http.ts';
import { createReadBuffers, youngCollector } from './read-buffers.ts';

/**
 * The head of an answer whose body was dealt with to its end, or what the network failed with. `connected`: there was a
 * connection, over which the request may have gone out.
 */
export type Received =
  | { readonly kind: 'whole'; readonly head: AnswerHead }
  | { readonly kind: 'broken'; readonly error: unknown; readonly connected: boolean };

const readBuffers = createReadBuffers(16 * 1024 * 1024, youngCollector());

/** A body that nobody wants is read all the same up to here, so that its connection can be used again. */
const MOST_UNWANTED_BYTES = 128 * 1024;

/**
 * Sends one request and gives the body to what `open` answers for its head; null: the body is not wanted, and how it
 * ends does not matter. `onOver`: the answer is over, and from then on the connection is left alone, though the sink
 * may be busy for longer. Resolves when the sink has ended or let go. Rejects with what `open` or the sink failed with.
 */
export function receive(
  connection: Connection,
  request: Dispatcher.DispatchOptions,
  open: (head: AnswerHead) => BodySink | null,
  onOver: (head: AnswerHead) => void,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    let head: AnswerHead | null = null;
    let feed: BodyFeed | null = null;
    /** Bytes of the body that are still to come; not a number where the server does not say. */
    let left = Number.NaN;
    let unwanted = 0;
    let over = false;
    let connected = false;

    function giveUp(): void {
      if (!over) void connection.close();
    }

    function begin(controller: Dispatcher.DispatchController, begun: AnswerHead): void {
      head = begun;
      left = Number(begun.headers['content-length'] ?? Number.NaN);
      try {
        const sink = open(begun);
        const source = { hold: () => controller.pause(), goOn: () => controller.resume(), giveUp };
        feed = sink && createBodyFeed(sink, source);
      } catch (error) {
        reject(error);
        giveUp();
      }
    }

    function finish(whole: () => void): void {
      if (feed) feed.end().then(whole, reject);
      else whole();
    }

    connection.dispatch(request, {
      onRequestStart() {
        connected = true;
      },
      onResponseStart(controller, status, headers) {
        // Below 200 there is another head to come.
        if (status >= 200) begin(controller, { status, headers: flatten(headers) });
      },
      onResponseData(_controller, chunk) {
        // After a pause, the parser may have come to nothing new.
        if (chunk.length === 0) return;
        left -= chunk.length;
        readBuffers.arrived(chunk.length);
        if (feed) return feed.push(chunk);
        unwanted += chunk.length;
        if (unwanted > MOST_UNWANTED_BYTES) giveUp();
      },
      onResponseEnd() {
        if (!head) return;
        const ended = head;
        over = true;
        onOver(ended);
        finish(() => resolve({ kind: 'whole', head: ended }));
      },
      onResponseError(_controller, error) {
        const broken = () => resolve({ kind: 'broken', error, connected });
        // What the connection does after the last byte of the body is no concern of the body.
        const ended = head;
        if (ended && (!feed || left === 0)) finish(() => resolve({ kind: 'whole', head: ended }));
        else if (feed) feed.breakOff().then(broken, reject);
        else broken();
      },
    });
  });
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
