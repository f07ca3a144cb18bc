import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, bytesAnswer } from './answer.ts';

/** A file as a whole. */
export interface FileContent {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** A strong validator, quotes included. */
  readonly etag: string;
}

/**
 * Answers with a file or the asked part of it (RFC 9110, 14.2 and 13.1.5): one range only, anything else in
 * `Range` is ignored; so is a range whose `If-Range` does not name the present content.
 */
export function fileAnswer(file: FileContent, headers: IncomingHttpHeaders): Answer {
  const common = { etag: file.etag, 'accept-ranges': 'bytes' };
  const size = file.bytes.length;
  const ifRange = headers['if-range'];
  const range = ifRange === undefined || ifRange === file.etag ? readRange(headers.range, size) : null;
  if (!range) return bytesAnswer(200, file.contentType, file.bytes, common);
  if (range.from >= size || range.from > range.to) {
    const contentRange = { 'content-range': `bytes */${size}` };
    return bytesAnswer(416, file.contentType, Buffer.alloc(0), { ...common, ...contentRange });
  }
  const contentRange = { 'content-range': `bytes ${range.from}-${range.to}/${size}` };
  const part = file.bytes.subarray(range.from, range.to + 1);
  return bytesAnswer(206, file.contentType, part, { ...common, ...contentRange });
}

/** Both ends belong to the range; it can't be satisfied when `from` is past the end or `to`. */
function readRange(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, first = '', last = ''] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (first) {
    if (last && Number(last) < Number(first)) return null;
    return { from: Number(first), to: last ? Math.min(Number(last), size - 1) : size - 1 };
  }
  if (last) return { from: Math.max(0, size - Number(last)), to: Number(last) > 0 ? size - 1 : -1 };
  return null;
}
