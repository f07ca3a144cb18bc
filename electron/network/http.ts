/**
 * HTTP as the parts above see it: one request, one answer, expected failures as values. No retries and no
 * cookies; redirects only to where the caller says the request may go.
 */
import type { Result } from '../contract/result.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Lower-case names. `authorization` is sent only where `trusts` agrees. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * May this address have our token? Asked for the request's own address (no: failure `untrusted-host`, and
   * nothing is sent) and for each redirect's (no: failure `untrusted-host` too).
   */
  readonly trusts: (url: URL) => boolean;
  /**
   * True for a service that stands in the network at hand, and wants every request from the same address: where this one
   * goes to a private host (`isPrivateHost`), no proxy of the system comes in between. One that a person has named for
   * this program still does.
   */
  readonly directIfPrivate?: boolean;
  /** Milliseconds until the head of the answer, where the usual time is too short. */
  readonly headersTimeout?: number;
  /** The longest silence within the body, likewise. */
  readonly idleTimeout?: number;
  /** Ends the request at once: failure `cancelled`. */
  readonly signal?: AbortSignal;
}

export interface AnswerHead {
  readonly status: number;
  /** Lower-case names; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpAnswer extends AnswerHead {
  /** UTF-8, a byte order mark removed. */
  readonly text: string;
}

/** Where a body goes. One call at a time: the next one comes when the last one is done. */
export interface BodySink {
  /**
   * The next bytes, which are the sink's to keep. A promise holds the connection back until it resolves; nothing
   * means that more may come at once.
   */
  take(chunk: Buffer): Promise<void> | undefined;
  /** The body is over. */
  end(): Promise<void>;
  /**
   * The body broke off, was stopped, or the sink itself failed. Resolves when the sink does nothing more; never
   * rejects. Called once at most, and never after `end`.
   */
  letGo(): Promise<void>;
}

export interface HttpClient {
  /**
   * Sends a request and keeps the whole answer, whatever its status, up to `maxBytes` (default 64 MiB; more is
   * failure `unusable-answer`). Fails with the network codes of `contract/failure.ts` only.
   */
  exchange(request: HttpRequest, options?: { readonly maxBytes?: number }): Promise<Result<HttpAnswer>>;
  /**
   * Sends a request and gives the body, whatever the status, to what `open` answers for its head. Resolves when the
   * sink has ended or let go. A body shorter than its `content-length` is `connection-lost`; what goes beyond it is
   * dropped. What `open` or the sink throws or rejects with ends the request, and rejects: it is the caller's own.
   */
  stream(request: HttpRequest, open: (head: AnswerHead) => BodySink): Promise<Result<AnswerHead>>;
  /** Ends every request and closes every connection. */
  close(): Promise<void>;
}
