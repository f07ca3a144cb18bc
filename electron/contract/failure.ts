/**
 * Every expected failure, by code. The words for people are in `renderer/words/failure-text.ts`, which does
 * not compile while a code has none.
 */
export const failureCodes = [
  // Signing in
  'sign-in-refused', // the service does not accept the name or the password
  'signed-out', // nobody is signed in, so there is nothing to ask with
  'access-lost', // 401 again with a token that was just renewed
  'no-secure-storage', // the operating system offers no encryption, so a password is not kept
  'nothing-kept', // no password was typed, and the kept one can't be read
  'sign-in-locked', // so many refused sign-ins that the service refuses all of them for a while
  'consent-refused', // the person did not agree in the browser, or took too long
  'unknown-time-zone', // the account is said to be in a time zone that there is none of; `subject` is its name
  'bad-address', // the server address is not one we may send a password to
  // The service's answers
  'being-prepared', // 403 on a file while the daily generation runs
  'expired', // 403: past its expiry
  'attempts-used-up', // 403: downloaded more often than allowed
  'not-available', // 403 that does not say which of the three
  'bad-request', // 406
  'not-ready', // 412: the report is still being made
  'being-made', // the file is on its way to be made, here or by the service; not an error
  'too-many-connections', // 429
  'not-found', // 404
  'service-down', // 5xx
  'not-allowed', // the account lacks a right that an administrator can give; `detail` names it
  'no-such-extension',
  'service-refused', // an answer of the service's own that says no; `detail` has its words
  'not-supported', // the system is of a kind or version that has no such interface
  'no-data', // there is nothing in the period, and so no file
  'unexpected-status', // any other status
  'html-answer', // a web page where data was expected
  'empty-answer', // no body where data was expected
  'broken-json', // a body that is not JSON
  'unusable-answer', // JSON that lacks what we need
  // The network
  'connection-refused', // no connection came about
  'host-not-found',
  'tls-failed',
  'certificate-unknown', // nobody vouches for the server's certificate; `fingerprint` says which it is
  'certificate-changed', // the certificate is another one than the person has trusted
  'not-a-certificate', // a file that was picked holds no certificate that can be read
  'timed-out',
  'connection-lost', // any other break of the connection, also in the middle of a body
  'keeps-breaking', // the connection broke each time while a part of the file was fetched
  'order-lost', // the service was asked several times to make the file, and its answers did not come
  'not-made-yet', // the service was asked to make the file long ago, and does not have it; it is looked for again
  'made-file-gone', // it was made, or was to be, and is not expected any more: a person's next try orders it anew
  'untrusted-host', // a link or redirect to a host that may not have our token
  'too-many-redirects',
  // The file
  'no-link', // listed without a link, so there is nothing to download from
  'wrong-size', // fewer or more bytes than announced
  'wrong-checksum', // the bytes are not the ones the service lists
  'checksum-disagrees', // the same wrong checksum twice: the service's own file and checksum don't fit together
  'not-a-file', // a web page, a message or something else under the file's address
  // The disk
  'no-room', // less room on the disk than the files need; nothing was written
  'disk-full',
  'no-permission',
  'folder-missing',
  'file-missing', // the file was moved or deleted after its download
  'file-busy', // another program holds the file
  'not-a-manifest', // a folder without a manifest.csv of ours
  'disk-error', // anything else the file system says
  // What was asked
  'bad-criteria', // the criteria do not pass their own declaration
  'listing-gone', // the found files are no longer held in memory; find again
  'bad-input', // a call across IPC that does not fit its schema
  'untrusted-sender', // a call across IPC from a page that is not ours
  'in-use', // another instance of the program works on the same records
  'cancelled', // the person stopped it; never shown as an error
  'unexpected', // a bug
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** An expected failure, as a value. Safe to show and to copy: never holds a token, a password or a full link. */
export interface Failure {
  readonly code: FailureCode;
  /** One technical line for support, in English: status, host, error name. */
  readonly detail: string;
  /** What the failure was about in the person's terms, e.g. the report's title or a file name. */
  readonly subject?: string;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** How long to wait before a next try is sensible, in milliseconds. */
  readonly retryAfterMs?: number;
  /** SHA-256 of a certificate, as upper-case hex pairs with colons between them. */
  readonly fingerprint?: string;
  /**
   * Of `being-made`: how many of its parts are done, and milliseconds until the last of them as far as can be told.
   * `step`: they are no parts of the file, but what has to happen one after the other. `waits`: nothing of it is made
   * yet, since others have their turn first. `answerLost`: the service was asked to make it and may be at it, but its
   * answer did not come; it is asked again only after a while. `advanced`: more of it is there than the last time.
   */
  readonly progress?: {
    readonly done: number;
    readonly total: number;
    readonly msLeft: number | null;
    readonly unit?: 'part' | 'step';
    readonly waits?: boolean;
    readonly answerLost?: boolean;
    readonly advanced?: boolean;
  };
}

export const failure = (
  code: FailureCode,
  detail: string,
  more: Omit<Failure, 'code' | 'detail'> = {},
): Failure => ({
  code,
  detail,
  ...more,
});
