/**
 * What the engine needs from whoever knows the service. The engine knows files, ranges, checksums and retries;
 * where a file is, what opens the door and what a refusal means comes through here.
 */
import type { DownloadNote } from '../contract/download.ts';
import type { Failure } from '../contract/failure.ts';
import type { Result } from '../contract/result.ts';
import type { FileContent, FileReference } from '../history/file-reference.ts';
import type { AnswerHead, HttpClient, HttpRequest } from '../network/http.ts';

export type { FileContent, FileReference };

/** An answer to a file request that brings no file. */
export interface Refusal extends AnswerHead {
  /** The first kilobytes of the body, as text. */
  readonly text: string;
}

export interface FileSource {
  /** Carries the requests of this account, inside its budget of connections. */
  readonly http: HttpClient;
  /** How to ask for the file now, with a token that is valid now. Called before every attempt. */
  request(file: FileReference, signal: AbortSignal): Promise<Result<Omit<HttpRequest, 'signal'>>>;
  /**
   * After a 401: makes sure that the next `request` carries another token than `refused` did. Failure
   * `sign-in-refused` or `access-lost` ends the account's work until somebody signs in.
   */
  renew(refused: Omit<HttpRequest, 'signal'>, signal: AbortSignal): Promise<Result<null>>;
  /** What an answer other than 200, 206, 401 or 416 means. `retryAfterMs` where the service says so. */
  explain(file: FileReference, answer: Refusal): Failure;
  /** Lists the file again and answers with it as it is now, with a fresh link; null when it is no longer listed. */
  findAgain(file: FileReference, signal: AbortSignal): Promise<Result<FileReference | null>>;
  /** Looks into a whole file before it gets its name. Answers with what a person should know of it. */
  inspect(file: FileReference, path: string): Promise<readonly DownloadNote[]>;
}
