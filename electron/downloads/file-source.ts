/**
 * What the engine needs from whoever knows the service. The engine knows files, ranges, checksums and retries;
 * where a file is, what opens the door and what a refusal means comes through here.
 */
import type { DownloadNote } from '../contract/download.ts';
import type { Failure } from '../contract/failure.ts';
import type { Result } from '../contract/result.ts';
import type { FileContent, FileReference } from '../history/file-reference.ts';
import type { Job, Prepared } from '../lib/file-job.ts';
import type { AnswerHead, HttpAnswer, HttpClient, HttpRequest } from '../network/http.ts';

export type { FileContent, FileReference, Job, Prepared };

/** An answer to a file request that brings no file. */
export interface Refusal extends AnswerHead {
  /** The first kilobytes of the body, as text. */
  readonly text: string;
}

export interface FileSource {
  /** Carries the requests of this account, inside its budget of connections. */
  readonly http: HttpClient;
  /** Whether a file can be continued where it broke off. */
  readonly resumes: boolean;
  /** How many files of this account may be under way at most; null: as many as the person wants. */
  readonly filesAtOnce: number | null;
  /**
   * Sees to it that the file is there. Called before every attempt, which it is no part of. Failure `being-made`: to be
   * called again after `retryAfterMs`.
   */
  prepare(file: FileReference, job: Job, signal: AbortSignal): Promise<Result<Prepared>>;
  /** How to ask for the file now, with a token that is valid now. Called right before every request. */
  request(file: FileReference, signal: AbortSignal): Promise<Result<Omit<HttpRequest, 'signal'>>>;
  /**
   * After a 401: makes sure that the next `request` carries another token than `refused` did. Failure
   * `sign-in-refused` or `access-lost` ends the account's work until somebody signs in. `answer`: the 401.
   */
  renew(refused: Omit<HttpRequest, 'signal'>, signal: AbortSignal, answer: HttpAnswer): Promise<Result<null>>;
  /** What an answer other than 200, 206, 401 or 416 means. `retryAfterMs` where the service says so. */
  explain(file: FileReference, answer: Refusal): Failure;
  /** What a body means that stands in the file's place, by its first kilobytes; null: nothing that is known. */
  explainBody(file: FileReference, text: string): Failure | null;
  /** Lists the file again and answers with it as it is now, with a fresh link; null when it is no longer listed. */
  findAgain(file: FileReference, signal: AbortSignal): Promise<Result<FileReference | null>>;
  /** Whether a whole file is right, where size and checksum can't tell: the failure that keeps it from its name. */
  check(file: FileReference, path: string): Promise<Failure | null>;
  /** What a person should know of a whole file, before it gets its name. `notes`: those of its job. */
  inspect(file: FileReference, path: string, notes: string | null): Promise<readonly DownloadNote[]>;
}
