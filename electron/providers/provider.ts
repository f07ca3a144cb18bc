/**
 * A CDR system. One folder beside this file holds each of them; nothing outside that folder knows its name, its
 * addresses or its formats. `docs/adding-a-provider.md` walks through one.
 */

import type { SignInDeclaration } from '../contract/account.ts';
import type { Range } from '../contract/calendar.ts';
import type { DownloadNote } from '../contract/download.ts';
import type { Failure } from '../contract/failure.ts';
import type { Criteria, FoundFile, ReportDeclaration } from '../contract/report.ts';
import type { Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import type { Job, Prepared } from '../lib/file-job.ts';
import type { AnswerHead, HttpAnswer, HttpClient, HttpRequest } from '../network/http.ts';

export type { Job, Prepared };

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
  /** Starts a service on this computer that behaves as the real one does, with sample data. */
  startSample?(clock: Clock): Promise<RunningSample>;
  /** Opens nothing yet: the first call that needs a token gets one. */
  openSession(options: SessionOptions): Session;
}

/** A sample service, and how to sign in to it. */
export interface RunningSample {
  readonly fields: Readonly<Record<string, string>>;
  readonly serverAddress: string;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** As `readAddress` gave it. */
  readonly serverAddress: string;
  /** What the person typed into the sign-in fields, by field id. */
  readonly fields: Readonly<Record<string, string>>;
  readonly http: HttpClient;
  readonly clock: Clock;
  /**
   * Keeps values of sign-in fields that the service gave in place of older ones, such as a refresh token, wherever the
   * older ones are kept. Resolves when they are safe; never rejects. Left out: nothing is kept.
   */
  readonly remember?: (fields: Readonly<Record<string, string>>) => Promise<void>;
  /**
   * Where the system may keep what concerns all of its accounts on this computer, such as what a service counts by its
   * address. Other runs of the program may be at it at the same time. Made by whoever first needs it. Left out: nothing is
   * kept.
   */
  readonly folder?: string;
  /** Has the person agree in the system's browser. Left out: there is none, as on the command line. */
  readonly browser?: BrowserConsent;
}

/** Where a browser leads back to. Services want to know it beforehand, so it is always the same. */
export const CONSENT_REDIRECT = 'http://127.0.0.1:21547/cdr-desk';

/**
 * Opens an address of the service in the system's browser, and waits until it leads back to this computer. `addressFor`
 * makes the address for where it has to lead back to. Answers with the query that came back, and where to.
 */
export type BrowserConsent = (
  addressFor: (redirect: string) => string,
  signal: AbortSignal,
) => Promise<Result<{ readonly query: URLSearchParams; readonly redirect: string }>>;

/** One report with criteria that need no further splitting: one value a field, a period of at most a slice. */
export interface Question {
  readonly reportId: string;
  readonly criteria: Criteria;
}

/** A file as the service lists it: what a person sees, and what only the main process may know. */
export interface ListedFile extends FoundFile {
  readonly link: string | null;
  readonly content: 'zip' | 'text';
  /** The days that it is of, where they are not all that were asked for. */
  readonly days?: Range;
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
  /** When a person has to sign in again at the latest, as far as that is known: milliseconds since 1970, UTC. */
  signInEndsAt?(): number | null;
  /**
   * How far the service's clock is ahead of this computer's, in milliseconds, when that is more than a minute; else 0.
   * Requests go by the service's time then.
   */
  clockOffMs?(): number;
  /** The values of a lookup field, all of them, sorted as people sort. */
  lookup(reportId: string, fieldId: string, signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** The report and its criteria in words, e.g. `Peak Port files, daily, customer level`. */
  title(reportId: string, criteria: Criteria): string;
  /** One page of the answer. `cursor` is null first, then the last page's `next`. */
  listPage(question: Question, cursor: string | null, signal: AbortSignal): Promise<Result<Page>>;
  /** False for a service that a file can't be asked for from its middle, whatever its answers say. */
  readonly resumes?: boolean;
  /** How many files the service stands at once; as many as the person wants where it is left out. */
  readonly filesAtOnce?: number;
  /**
   * For a file that the service only makes when it is asked to, or that is made here from records. Called before each
   * attempt. Failure `being-made`: to be called again after `retryAfterMs`, which costs no attempt. Where it is left out,
   * a file lies ready under its link.
   */
  prepareFile?(file: FileToPrepare, job: Job, signal: AbortSignal): Promise<Result<Prepared>>;
  /** How to ask for a listed or prepared file now. Nothing comes between this and the request. */
  fileRequest(
    link: string,
    content: ListedFile['content'],
    signal: AbortSignal,
  ): Promise<Result<FileRequest>>;
  /**
   * After a 401 to `refused`: drops that token, if it is still the current one, and gets another. `answer`: the 401, for
   * what else it says, such as the service's time.
   */
  renew(refused: FileRequest, signal: AbortSignal, answer?: HttpAnswer): Promise<Result<null>>;
  /** What a refusal of a file means. */
  explainFile(file: FileFacts, answer: AnswerHead & { readonly text: string }): Failure;
  /**
   * What a body means that came with status 200 in the file's place, by its first kilobytes; null, or left out: it is
   * simply no file.
   */
  explainBody?(file: FileToPrepare, text: string): Failure | null;
  /**
   * Whether a whole file on disk is right, for a service that gives neither size nor checksum: the failure that keeps it
   * from being taken for the file.
   */
  checkFile?(file: FileToPrepare, path: string): Promise<Failure | null>;
  /** What a person should know of a whole file on disk. `notes`: what `prepareFile` has noted of it last. */
  inspectFile(reportId: string, path: string, notes: string | null): Promise<readonly DownloadNote[]>;
}

export type FileRequest = Omit<HttpRequest, 'signal'>;

export interface FileToPrepare {
  readonly reportId: string;
  readonly fileId: string;
  readonly name: string;
  readonly link: string;
}

/** What an explanation of a refusal may go by. */
export interface FileFacts {
  readonly name: string;
  readonly expiresAt: number | null;
  readonly attemptsCounted: number | null;
}
