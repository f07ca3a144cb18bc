/**
 * A CDR system. One folder beside this file holds each of them; nothing outside that folder knows its name, its
 * addresses or its formats. `docs/adding-a-provider.md` walks through one.
 */
import type { SignInDeclaration } from '../contract/account.ts';
import type { DownloadNote } from '../contract/download.ts';
import type { Failure } from '../contract/failure.ts';
import type { Criteria, FoundFile, ReportDeclaration } from '../contract/report.ts';
import type { Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import type { AnswerHead, HttpClient, HttpRequest } from '../network/http.ts';

export interface Provider {
  readonly signIn: SignInDeclaration;
  /** In the order to show them. */
  readonly reports: readonly ReportDeclaration[];
  /**
   * Where the server address that a person typed really points, in its one normal form; failure `bad-address`
   * when it is none that a password may be sent to.
   */
  readAddress(typed: string): Result<string>;
  /** What to call the account: shown to people, kept in the history. Never a secret. */
  accountName(fields: Readonly<Record<string, string>>): string;
  /** Opens nothing yet: the first call that needs a token gets one. */
  openSession(options: SessionOptions): Session;
}

export interface SessionOptions {
  /** As `readAddress` gave it. */
  readonly serverAddress: string;
  /** What the person typed into the sign-in fields, by field id. */
  readonly fields: Readonly<Record<string, string>>;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** One report with criteria that need no further splitting: one value a field, a period of at most a slice. */
export interface Question {
  readonly reportId: string;
  readonly criteria: Criteria;
}

/** A file as the service lists it: what a person sees, and what only the main process may know. */
export interface ListedFile extends FoundFile {
  readonly link: string | null;
  readonly content: 'zip' | 'text';
  /** What to ask to find this file again, where the question that listed it may not list it a second time. */
  readonly findAgainWith?: Question;
}

export interface Page {
  readonly files: readonly ListedFile[];
  /** Ask again with this for more; null when the service says that there is no more. */
  readonly next: string | null;
  /** How many the service says there are in all, as of this page; null when it does not say. */
  readonly announced: number | null;
}

/**
 * A conversation with the service in one account's name. Tokens stay inside: renewed before they run out and
 * once after a 401, one renewal at a time for all callers.
 */
export interface Session {
  /** Makes sure there is a valid token. Failure `sign-in-refused` is final: nothing retries it. */
  signIn(signal: AbortSignal): Promise<Result<null>>;
  /** The values of a lookup field, all of them, sorted as people sort. */
  lookup(reportId: string, fieldId: string, signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** The report and its criteria in words, e.g. `Peak Port files, daily, customer level`. */
  title(reportId: string, criteria: Criteria): string;
  /** One page of the answer. `cursor` is null first, then the last page's `next`. */
  listPage(question: Question, cursor: string | null, signal: AbortSignal): Promise<Result<Page>>;
  /** How to ask for a listed file now. */
  fileRequest(
    link: string,
    content: ListedFile['content'],
    signal: AbortSignal,
  ): Promise<Result<FileRequest>>;
  /** After a 401 to `refused`: drops that token, if it is still the current one, and gets another. */
  renew(refused: FileRequest, signal: AbortSignal): Promise<Result<null>>;
  /** What a refusal of a file means. */
  explainFile(file: FileFacts, answer: AnswerHead & { readonly text: string }): Failure;
  /** Looks into a whole file on disk for what a person should know. */
  inspectFile(reportId: string, path: string): Promise<readonly DownloadNote[]>;
}

export type FileRequest = Omit<HttpRequest, 'signal'>;

/** What an explanation of a refusal may go by. */
export interface FileFacts {
  readonly name: string;
  readonly expiresAt: number | null;
  readonly attemptsCounted: number | null;
}
