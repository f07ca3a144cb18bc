/** What a walk goes through: a few files of a service, each with its own ways. */
import fc from 'fast-check';
import type { FailureCode } from '../../../electron/contract/failure.ts';
import type { FileReference } from '../../../electron/downloads/file-source.ts';
import { csv, type Engine, md5 } from '../../fakes/download-engine.ts';
import type { Fault, ServedFile } from '../../fakes/file-server.ts';

export interface WalkFile {
  readonly name: string;
  readonly bytes: number;
  /** What the listing says of it. */
  readonly lists: 'size and checksum' | 'size' | 'checksum' | 'nothing';
  readonly ranges: boolean;
  readonly etag: boolean;
}

/** Names that are different ones, or only seem to be. */
const names = ['a.csv', 'A.csv', 'b.csv', 'b (2).csv', 'é.csv', 'e\u0301.csv'] as const;

export const walkFile: fc.Arbitrary<WalkFile> = fc
  .record({
    name: fc.constantFrom(...names),
    bytes: fc.constantFrom(0, 1, 700, 40_000, 200_000),
    lists: fc.constantFrom('size and checksum', 'size and checksum', 'size', 'checksum', 'nothing'),
    ranges: fc.constantFrom(true, true, true, false),
    etag: fc.boolean(),
  })
  // An empty answer is a fault unless the listing says that the file is empty.
  .map((file) => (file.bytes === 0 && !file.lists.includes('size') ? { ...file, lists: 'size' } : file));

/** A file of the walk, as it is served and listed. */
export interface Item {
  readonly file: WalkFile;
  readonly path: string;
  readonly content: Buffer;
  readonly served: ServedFile;
  readonly reference: FileReference;
}

export function serveItem(engine: Engine, file: WalkFile, index: number): Item {
  const content = csv(file.bytes, index + 1);
  const served = { content, ranges: file.ranges, ...(file.etag && { etag: `"${index}"` }) };
  const path = `/${index}`;
  const reference = engine.file(file.name, served, {
    fileId: String(index),
    link: engine.server.serve(path, served),
    size: file.lists.includes('size') ? content.length : null,
    md5: file.lists.includes('checksum') ? md5(content) : null,
  });
  return { file, path, content, served, reference };
}

interface FaultKind {
  /** `at`: from 0 up to 1, where in the file. */
  readonly make: (item: Item, at: number) => Fault;
  /** How a download may fail by it. */
  readonly mayEnd: readonly FailureCode[];
  /** What has to be listed, because nothing else would tell it. */
  readonly toldBy?: 'checksum' | 'size or checksum';
}

const status = (code: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'status',
  status: code,
  headers,
});
const place = (item: Item, at: number) => Math.floor(item.content.length * at);
const wrongBytes: readonly FailureCode[] = [
  'wrong-checksum',
  'checksum-disagrees',
  'wrong-size',
  'empty-answer',
];

export const faultKinds = {
  'status 401': { make: () => status(401), mayEnd: [] },
  'status 403': { make: () => status(403), mayEnd: ['not-available'] },
  'status 404': { make: () => status(404), mayEnd: ['not-found'] },
  'status 406': { make: () => status(406), mayEnd: ['bad-request'] },
  'status 429': { make: () => status(429), mayEnd: ['too-many-connections'] },
  'status 429 for a while': {
    make: () => status(429, { 'retry-after': '600' }),
    mayEnd: ['too-many-connections'],
  },
  'status 503': { make: () => status(503), mayEnd: ['service-down'] },
  drop: { make: () => ({ kind: 'drop' }), mayEnd: ['connection-lost'] },
  cut: { make: (item, at) => ({ kind: 'cut', after: place(item, at) }), mayEnd: ['connection-lost'] },
  reset: { make: (item, at) => ({ kind: 'reset', after: place(item, at) }), mayEnd: ['connection-lost'] },
  stall: { make: (item, at) => ({ kind: 'stall', after: place(item, at) }), mayEnd: ['timed-out'] },
  'stall before the answer': { make: () => ({ kind: 'stall', after: null }), mayEnd: ['timed-out'] },
  drip: { make: () => ({ kind: 'drip', pieces: 10, everyMs: 3000 }), mayEnd: [] },
  'ignored range': { make: () => ({ kind: 'ignore-range' }), mayEnd: [] },
  'wrong offset': { make: () => ({ kind: 'wrong-offset', by: -1 }), mayEnd: [] },
  'status 416': {
    make: (item, at) => ({ kind: 'unsatisfiable', total: place(item, at) }),
    mayEnd: ['unexpected-status'],
  },
  corrupt: {
    make: (item, at) => ({ kind: 'corrupt', at: place(item, at) }),
    mayEnd: wrongBytes,
    toldBy: 'checksum',
  },
  gzip: { make: () => ({ kind: 'gzip' }), mayEnd: ['not-a-file'] },
  html: { make: () => ({ kind: 'html' }), mayEnd: ['not-a-file', ...wrongBytes] },
  'length too large': {
    make: (item) => ({ kind: 'length', bytes: item.content.length + 10 }),
    mayEnd: ['connection-lost', ...wrongBytes],
  },
  'length too small': {
    make: (item, at) => ({ kind: 'length', bytes: place(item, at) }),
    mayEnd: wrongBytes,
    toldBy: 'size or checksum',
  },
  'early end': {
    make: (item, at) => ({ kind: 'short', bytes: place(item, at) }),
    mayEnd: wrongBytes,
    toldBy: 'size or checksum',
  },
  'touched on the server': {
    make: (item) => ({ kind: 'change', to: { ...item.served, etag: '"touched"' } }),
    mayEnd: [],
  },
} satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultKinds;

/** The fault, or null when nothing could tell it. */
export function makeFault(item: Item, name: FaultName, at: number): Fault | null {
  const kind: FaultKind = faultKinds[name];
  const { lists } = item.file;
  if (kind.toldBy === 'checksum' && !lists.includes('checksum')) return null;
  if (kind.toldBy === 'size or checksum' && lists === 'nothing') return null;
  return kind.make(item, at);
}

export const mayEndBy = (name: FaultName): readonly FailureCode[] => faultKinds[name].mayEnd;
