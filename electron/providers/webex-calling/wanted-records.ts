import { type CallRecord, fieldOf, readTime } from './record.ts';
import type { Span } from './spans.ts';

/** In this order, the first that can be read says where a record belongs. */
const decidingTimes = ['Start time', 'Report time', 'Release time'] as const;

/** `isOwn`: the record came for a slice of the file's own span, not of the time after it. */
export type IsWanted = (record: CallRecord, isOwn: boolean) => boolean;

/**
 * Which of the records that were read belong to a file. Its slices reach beyond its span, because the service may go by
 * the time when a call was reported, which is after it started. A record belongs to the one span that holds its start
 * time, so that files of neighbouring spans have each record once. One without a time belongs to the slice that it came
 * for. `locations` are names; none means all.
 */
export function createIsWanted(span: Span, locations: readonly string[]): IsWanted {
  const names = new Set(locations.map(foldName));
  return (record, isOwn) => {
    const time = timeOf(record);
    const isInside = time === null ? isOwn : span.from <= time && time < span.to;
    return isInside && (names.size === 0 || names.has(foldName(fieldOf(record, 'Location'))));
  };
}

function timeOf(record: CallRecord): number | null {
  for (const key of decidingTimes) {
    const time = readTime(fieldOf(record, key));
    if (time !== null) return time;
  }
  return null;
}

const foldName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();
