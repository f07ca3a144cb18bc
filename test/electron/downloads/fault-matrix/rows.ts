/** Every fault that has a name, and what has to come of it: one row each. */
import type { FailureCode } from '../../../../electron/contract/failure.ts';
import type { FileReference } from '../../../../electron/downloads/file-source.ts';
import { csv } from '../../../fakes/download-engine.ts';
import type { Fault, ServedFile } from '../../../fakes/file-server.ts';

/** Bytes of the file, and of the part where there is one. */
export const SIZE = 300_000;
export const HELD = 100_000;
export const content = csv(SIZE);
/** What the file becomes where it changes: of the same length, and shorter. */
export const changed = csv(SIZE, 5);
const shorter = csv(SIZE - 1000, 6);

/** How a download has to end. What is counted is counted since the fault was there. */
export interface Ending {
  readonly end: 'done' | FailureCode;
  readonly attempts: number;
  /** Requests that reach a server: as many as attempts, but for redirects and for links that lead to none. */
  readonly requests: number;
}

/** Addresses that a fault may lead to. */
export interface Places {
  /** Where the file is, `http://127.0.0.1:port`. */
  readonly origin: string;
  /** The same files at another port, which is trusted. */
  readonly other: string;
  /** The same again under a name that is not trusted. */
  readonly untrusted: string;
  /** A server that resets each TLS handshake. */
  readonly tlsReset: string;
  /** A server whose certificate nothing trusts. */
  readonly tlsUnknown: string;
}

export interface FaultRow {
  readonly fault: string;
  /** What goes wrong with the requests, one each; the last one goes on for ever when `always` is set. */
  readonly faults: (places: Places) => readonly Fault[];
  readonly always?: boolean;
  readonly served?: Partial<ServedFile>;
  /** What the listing says of the file, where that is something else. */
  readonly listed?: Partial<FileReference>;
  /** Where the link leads, in place of the server. */
  readonly link?: (places: Places) => string;
  /** What a new listing says: the same again, nothing, or a link that works. By default the file is gone. */
  readonly listedAgain?: 'same' | 'gone' | 'fresh';
  /** What has to be under the final name in the end, when it is not the file as it was. */
  readonly becomes?: Buffer;
  /** Null: makes no sense there. */
  readonly fresh: Ending | null;
  readonly resumed: Ending | null;
  /** Milliseconds that have to pass before the second request. */
  readonly waits?: number;
  /** Whether silence is to be cut short, so that nobody waits for it. */
  readonly impatient?: boolean;
}

const done = (attempts: number, requests = attempts): Ending => ({ end: 'done', attempts, requests });
const fails = (end: FailureCode, attempts: number, requests = attempts): Ending => ({
  end,
  attempts,
  requests,
});
const both = (ending: Ending) => ({ fresh: ending, resumed: ending });
const fault = (...faults: readonly Fault[]) => ({ faults: () => faults });
const status = (code: number, body = '', headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: code,
  body,
  headers,
});

const MINUTE_MS = 60_000;
const BEING_MADE = 'The daily generation is in progress.';
const EXPIRED = 'The file has expired.';
const USED_UP = 'The number of download attempts exceeded the maximum.';
const LONG_AGO = 'Sat, 01 Feb 2020 00:00:00 GMT';
const LESS_LONG_AGO = 'Sun, 01 Mar 2020 00:00:00 GMT';

const statuses: readonly FaultRow[] = [
  { fault: '401, once (token expired)', ...fault(status(401)), ...both(done(2)) },
  {
    fault: '401, also with a new token',
    ...fault(status(401)),
    always: true,
    ...both(fails('access-lost', 2)),
  },
  {
    fault: '401 in the middle, after a cut',
    ...fault({ kind: 'cut', after: 200_000 }, status(401)),
    ...both(done(3)),
  },
  {
    fault: '403 being generated, once',
    ...fault(status(403, BEING_MADE)),
    waits: 5 * MINUTE_MS,
    ...both(done(2)),
  },
  {
    fault: '403 being generated, always',
    ...fault(status(403, BEING_MADE)),
    always: true,
    ...both(fails('being-prepared', 4)),
  },
  { fault: '403 expired', ...fault(status(403, EXPIRED)), ...both(fails('expired', 1)) },
  {
    fault: '403 without a word, past its expiry',
    ...fault(status(403)),
    listed: { expiresAt: Date.UTC(2026, 0, 1) },
    ...both(fails('expired', 1)),
  },
  { fault: '403 attempts exceeded', ...fault(status(403, USED_UP)), ...both(fails('attempts-used-up', 1)) },
  {
    fault: '403 without a word, 999 attempts counted',
    ...fault(status(403)),
    listed: { attemptsCounted: 999 },
    ...both(fails('attempts-used-up', 1)),
  },
  { fault: '403 without a word, once', ...fault(status(403)), waits: 5 * MINUTE_MS, ...both(done(2)) },
  {
    fault: '403 without a word, always',
    ...fault(status(403)),
    always: true,
    ...both(fails('not-available', 4)),
  },
  { fault: '404, no longer listed', ...fault(status(404)), always: true, ...both(fails('not-found', 1)) },
  {
    fault: '404, listed with the same link',
    ...fault(status(404)),
    always: true,
    listedAgain: 'same',
    ...both(fails('not-found', 2)),
  },
  {
    fault: '404, listed with a fresh link',
    ...fault(status(404)),
    always: true,
    listedAgain: 'fresh',
    ...both(done(2)),
  },
  { fault: '406', ...fault(status(406)), ...both(fails('bad-request', 1)) },
  { fault: '412, once', ...fault(status(412)), waits: 5 * MINUTE_MS, ...both(done(2)) },
  { fault: '412, always', ...fault(status(412)), always: true, ...both(fails('not-ready', 4)) },
  { fault: '418', ...fault(status(418)), ...both(fails('unexpected-status', 1)) },
  { fault: '429, once', ...fault(status(429)), waits: 5000, ...both(done(2)) },
  { fault: '429, always', ...fault(status(429)), always: true, ...both(fails('too-many-connections', 6)) },
  {
    fault: '429 with Retry-After in seconds, once',
    ...fault(status(429, '', { 'retry-after': '90' })),
    waits: 90_000,
    ...both(done(2)),
  },
  {
    fault: '429 with Retry-After as a date, once',
    // The clock of these tests begins at noon.
    ...fault(status(429, '', { 'retry-after': 'Sun, 15 Mar 2026 12:20:00 GMT' })),
    waits: 15 * MINUTE_MS,
    ...both(done(2)),
  },
  {
    fault: '429 with Retry-After of a week, once',
    ...fault(status(429, '', { 'retry-after': '604800' })),
    waits: 30 * MINUTE_MS,
    ...both(done(2)),
  },
  { fault: '500, once', ...fault(status(500)), waits: 2000, ...both(done(2)) },
  { fault: '500, always', ...fault(status(500)), always: true, ...both(fails('service-down', 4)) },
  { fault: '503, once', ...fault(status(503)), waits: 2000, ...both(done(2)) },
  {
    fault: '503 with Retry-After, once',
    ...fault(status(503, '', { 'retry-after': '120' })),
    waits: 120_000,
    ...both(done(2)),
  },
  { fault: '503, always', ...fault(status(503)), always: true, ...both(fails('service-down', 4)) },
];

const breaks: readonly FaultRow[] = [
  { fault: 'cut before the answer, once', ...fault({ kind: 'drop' }), ...both(done(2)) },
  {
    fault: 'cut before the answer, always',
    ...fault({ kind: 'drop' }),
    always: true,
    ...both(fails('connection-lost', 4)),
  },
  { fault: 'cut behind the head, once', ...fault({ kind: 'cut', after: 0 }), ...both(done(2)) },
  { fault: 'cut behind the first byte, once', ...fault({ kind: 'cut', after: 1 }), ...both(done(2)) },
  { fault: 'cut in the middle, once', ...fault({ kind: 'cut', after: 200_000 }), ...both(done(2)) },
  {
    fault: 'cut in the middle, always at the same byte',
    ...fault({ kind: 'cut', after: 200_000 }),
    always: true,
    ...both(fails('connection-lost', 4)),
  },
  { fault: 'cut before the last byte, once', ...fault({ kind: 'cut', after: SIZE - 1 }), ...both(done(2)) },
  {
    fault: 'cut again and again, further each time',
    ...fault(...[150_000, 200_000, 250_000].map((after): Fault => ({ kind: 'cut', after }))),
    ...both(done(4)),
  },
  { fault: 'reset in the middle, once', ...fault({ kind: 'reset', after: 200_000 }), ...both(done(2)) },
  { fault: 'reset behind the head, once', ...fault({ kind: 'reset', after: 0 }), ...both(done(2)) },
  {
    fault: 'silence instead of an answer, once',
    ...fault({ kind: 'stall', after: null }),
    impatient: true,
    ...both(done(2)),
  },
  {
    fault: 'silence in the middle, once',
    ...fault({ kind: 'stall', after: 200_000 }),
    impatient: true,
    ...both(done(2)),
  },
  {
    fault: 'silence in the middle, always at the same byte',
    ...fault({ kind: 'stall', after: 200_000 }),
    always: true,
    impatient: true,
    ...both(fails('timed-out', 4)),
  },
  {
    fault: 'slow drip: a hundredth every 20 seconds',
    ...fault({ kind: 'drip', pieces: 100, everyMs: 20_000 }),
    ...both(done(1)),
  },
];

const addresses: readonly FaultRow[] = [
  {
    fault: 'DNS: the host is not known',
    ...fault(),
    // A label that is too long: no name server is asked.
    link: () => `http://${'x'.repeat(64)}.invalid/a.csv`,
    listedAgain: 'same',
    ...both(fails('host-not-found', 5, 0)),
  },
  {
    fault: 'DNS: the host is not known, a fresh link works',
    ...fault(),
    link: () => `http://${'x'.repeat(64)}.invalid/a.csv`,
    listedAgain: 'fresh',
    ...both(done(2, 1)),
  },
  {
    fault: 'connection refused',
    ...fault(),
    link: () => 'http://127.0.0.1:1/a.csv',
    listedAgain: 'same',
    ...both(fails('connection-refused', 5, 0)),
  },
  {
    fault: 'connection refused, a fresh link works',
    ...fault(),
    link: () => 'http://127.0.0.1:1/a.csv',
    listedAgain: 'fresh',
    ...both(done(2, 1)),
  },
  {
    fault: 'reset in the TLS handshake',
    ...fault(),
    link: ({ tlsReset }) => `${tlsReset}/a.csv`,
    listedAgain: 'same',
    ...both(fails('connection-lost', 4, 0)),
  },
  {
    fault: 'TLS: a certificate that nobody trusts',
    ...fault(),
    link: ({ tlsUnknown }) => `${tlsUnknown}/a.csv`,
    listedAgain: 'same',
    ...both(fails('certificate-unknown', 2, 0)),
  },
  {
    fault: 'TLS: the server speaks plain HTTP',
    ...fault(),
    link: ({ origin }) => `${origin.replace('http:', 'https:')}/a.csv`,
    listedAgain: 'same',
    ...both(fails('tls-failed', 2, 0)),
  },
  {
    fault: 'redirect to the same origin',
    faults: ({ origin }) => [{ kind: 'redirect', to: `${origin}/moved.csv` }],
    ...both(done(1, 2)),
  },
  {
    fault: 'redirect to another origin that is trusted',
    faults: ({ other }) => [{ kind: 'redirect', to: `${other}/a.csv`, status: 307 }],
    ...both(done(1, 2)),
  },
  {
    fault: 'redirect to another origin that is not trusted',
    faults: ({ untrusted }) => [{ kind: 'redirect', to: `${untrusted}/a.csv` }],
    ...both(fails('untrusted-host', 1)),
  },
  {
    fault: 'redirect in a circle',
    faults: ({ origin }) => [{ kind: 'redirect', to: `${origin}/a.csv` }],
    always: true,
    ...both(fails('too-many-redirects', 1, 6)),
  },
];

const ranges: readonly FaultRow[] = [
  { fault: 'range ignored', ...fault({ kind: 'ignore-range' }), ...both(done(1)) },
  {
    fault: '206 from an earlier byte',
    ...fault({ kind: 'wrong-offset', by: -10 }),
    fresh: null,
    resumed: done(2),
  },
  {
    fault: '206 from a later byte',
    ...fault({ kind: 'wrong-offset', by: 10 }),
    fresh: null,
    resumed: done(2),
  },
  {
    fault: '206 from another byte, always',
    ...fault({ kind: 'wrong-offset', by: 10 }),
    always: true,
    fresh: null,
    resumed: done(2),
  },
  {
    fault: '416 with another total',
    ...fault({ kind: 'unsatisfiable', total: 50 }),
    fresh: fails('unexpected-status', 1),
    resumed: done(2),
  },
  {
    fault: '416 although there is more',
    ...fault({ kind: 'unsatisfiable', total: HELD }),
    fresh: fails('unexpected-status', 1),
    resumed: done(2),
  },
  {
    fault: '416 although there is more, neither size nor checksum listed',
    served: { etag: '"1"' },
    listed: { md5: null, size: null },
    ...fault({ kind: 'unsatisfiable', total: HELD }),
    fresh: fails('unexpected-status', 1),
    resumed: done(2),
  },
];

const cutThenChanged = (to: ServedFile, ignoreIfRange = false) =>
  fault({ kind: 'cut', after: 200_000 }, { kind: 'change', to, ignoreIfRange });
const unlisted = { md5: null } as const;

const changes: readonly FaultRow[] = [
  {
    fault: 'changed between attempts, not as listed',
    served: { etag: '"1"' },
    ...cutThenChanged({ content: changed, etag: '"2"' }),
    ...both(fails('checksum-disagrees', 3)),
  },
  {
    fault: 'changed between attempts, no validator, not as listed',
    ...cutThenChanged({ content: changed }),
    fresh: fails('checksum-disagrees', 4),
    resumed: fails('checksum-disagrees', 4),
  },
  {
    fault: 'changed between attempts (ETag), no checksum listed',
    served: { etag: '"1"' },
    listed: unlisted,
    ...cutThenChanged({ content: changed, etag: '"2"' }),
    becomes: changed,
    ...both(done(2)),
  },
  {
    fault: 'changed between attempts (Last-Modified), no checksum listed',
    served: { lastModified: LONG_AGO },
    listed: unlisted,
    ...cutThenChanged({ content: changed, lastModified: LESS_LONG_AGO }),
    becomes: changed,
    ...both(done(2)),
  },
  {
    fault: 'changed between attempts (ETag), If-Range ignored, no checksum listed',
    served: { etag: '"1"' },
    listed: unlisted,
    ...cutThenChanged({ content: changed, etag: '"2"' }, true),
    becomes: changed,
    ...both(done(3)),
  },
  {
    fault: 'changed in length between attempts, neither size nor checksum listed',
    served: { etag: '"1"' },
    listed: { md5: null, size: null },
    ...cutThenChanged({ content: shorter, etag: '"2"' }, true),
    becomes: shorter,
    ...both(done(3)),
  },
  {
    fault: 'changed in length between attempts, size listed',
    ...cutThenChanged({ content: shorter }),
    ...both(fails('wrong-size', 4)),
  },
];

const bytes: readonly FaultRow[] = [
  { fault: 'a wrong byte, once', ...fault({ kind: 'corrupt', at: 250_000 }), ...both(done(2)) },
  {
    fault: 'a wrong byte, always the same',
    ...fault({ kind: 'corrupt', at: 250_000 }),
    always: true,
    fresh: fails('checksum-disagrees', 2),
    resumed: fails('checksum-disagrees', 3),
  },
  {
    fault: 'a wrong byte, always another',
    ...fault(...[210_000, 220_000, 230_000].map((at): Fault => ({ kind: 'corrupt', at }))),
    fresh: fails('wrong-checksum', 2),
    resumed: fails('wrong-checksum', 3),
  },
  {
    fault: 'a wrong first byte, once',
    ...fault({ kind: 'corrupt', at: 0 }),
    fresh: done(2),
    resumed: done(1),
  },
  {
    fault: 'Content-Length too large, once',
    ...fault({ kind: 'length', bytes: SIZE + 10 }),
    ...both(done(2)),
  },
  {
    fault: 'Content-Length too large, always',
    ...fault({ kind: 'length', bytes: SIZE + 10 }),
    always: true,
    fresh: fails('wrong-size', 2),
    resumed: fails('wrong-size', 3),
  },
  {
    fault: 'Content-Length too large, size not listed, once',
    listed: { size: null },
    ...fault({ kind: 'length', bytes: SIZE + 10 }),
    ...both(done(2)),
  },
  { fault: 'Content-Length too small, once', ...fault({ kind: 'length', bytes: 10 }), ...both(done(2)) },
  {
    fault: 'Content-Length too small, always',
    ...fault({ kind: 'length', bytes: 10 }),
    always: true,
    fresh: fails('wrong-size', 2),
    resumed: fails('wrong-size', 3),
  },
  {
    fault: 'Content-Length too small, size not listed, once',
    listed: { size: null },
    ...fault({ kind: 'length', bytes: 1000 }),
    ...both(done(2)),
  },
  {
    fault: 'truncated but complete-looking, once',
    ...fault({ kind: 'short', bytes: 200_000 }),
    ...both(done(2)),
  },
  {
    fault: 'truncated but complete-looking, always',
    ...fault({ kind: 'short', bytes: 200_000 }),
    always: true,
    fresh: fails('wrong-size', 2),
    resumed: fails('wrong-size', 3),
  },
  {
    fault: 'truncated but complete-looking, size not listed, once',
    listed: { size: null },
    ...fault({ kind: 'short', bytes: 200_000 }),
    ...both(done(2)),
  },
  {
    fault: 'truncated but complete-looking behind a cut, neither size nor checksum listed',
    served: { etag: '"1"' },
    listed: { md5: null, size: null },
    ...fault({ kind: 'cut', after: 150_000 }, { kind: 'short', bytes: 200_000 }),
    ...both(done(3)),
  },
  { fault: 'gzip forced', ...fault({ kind: 'gzip' }), ...both(fails('not-a-file', 1)) },
  { fault: 'HTML with 200', ...fault({ kind: 'html' }), ...both(fails('not-a-file', 1)) },
  {
    fault: 'HTML with 200 and its length',
    ...fault({ kind: 'instead', type: 'text/html', body: '<html><body>Please sign in</body></html>' }),
    ...both(fails('not-a-file', 1)),
  },
  {
    fault: 'JSON with 200 and its length',
    ...fault({ kind: 'instead', type: 'application/json', body: '{"error":"try again later"}' }),
    ...both(fails('not-a-file', 1)),
  },
  {
    fault: 'JSON with 200, size not listed',
    listed: { size: null },
    ...fault({ kind: 'instead', type: 'application/json', body: '{"error":"try again later"}' }),
    ...both(fails('not-a-file', 1)),
  },
  {
    fault: 'no bytes at all with 200, once',
    ...fault({ kind: 'instead', type: 'text/csv', body: '' }),
    ...both(done(2)),
  },
  {
    fault: 'no bytes at all with 200, size not listed, always',
    listed: { size: null },
    ...fault({ kind: 'instead', type: 'text/csv', body: '' }),
    always: true,
    ...both(fails('empty-answer', 2)),
  },
];

export const faultRows: readonly FaultRow[] = [
  ...statuses,
  ...breaks,
  ...addresses,
  ...ranges,
  ...changes,
  ...bytes,
];
