import { type CallRecord, fieldOf, readTime } from './record.ts';
import { OVERLAP_MS, type Span } from './spans.ts';

/** In this order, the first that can be read says where a record belongs. */
const decidingTimes = ['Start time', 'Report time', 'Release time'] as const;
/** Either says when a call was over; the first that can be read. */
const endTimes = ['Report time', 'Release time'] as const;

/** `slice`: what the record came for. `isOwn`: that is part of the file's own span, not of the time after it. */
export type IsWanted = (record: CallRecord, slice: Span, isOwn: boolean) => boolean;

/**
 * Which of the records that were read belong to a file, so that files of neighbouring spans have each record once. Its
 * slices reach beyond its span by `OVERLAP_MS`, because the service may go by the time when a call was reported, which is
 * after it started (spec 4.1). A record belongs to the span that holds its start time. But a longer call is reported when
 * that span's file has been read to its end: one that did not come with the time of its start belongs to the span that it
 * came for, which is the one that holds its end. So does a record without a time. `locations` are names; none means all.
 */
export function createIsWanted(span: Span, locations: readonly string[]): IsWanted {
  const names = new Set(locations.map(foldName));
  return (record, slice, isOwn) => {
    const time = firstTime(record, decidingTimes);
    const goesByStart = time !== null && !isLateLong(record, time, slice);
    const isInside = goesByStart ? span.from <= time && time < span.to : isOwn;
    return isInside && (names.size === 0 || names.has(foldName(fieldOf(record, 'Location'))));
  };
}

/** True for a call of more than the overlap that came with the time of its end. */
function isLateLong(record: CallRecord, start: number, slice: Span): boolean {
  const end = firstTime(record, endTimes);
  // Both ends of a window count for the service.
  const cameByStart = slice.from <= start && start <= slice.to;
  return end !== null && end - start > OVERLAP_MS && !cameByStart;
}

function firstTime(record: CallRecord, keys: readonly string[]): number | null {
  for (const key of keys) {
    const time = readTime(fieldOf(record, key));
    if (time !== null) return time;
  }
  return null;
}

/** Names of locations that no record has had so far. */
export interface UnseenLocations {
  readonly list: readonly string[];
  see(record: CallRecord): void;
}

/** `names`: those that no earlier record had. */
export function createUnseenLocations(names: readonly string[]): UnseenLocations {
  let list = names;
  return {
    get list() {
      return list;
    },
    see(record) {
      if (list.length === 0) return;
      const seen = foldName(fieldOf(record, 'Location'));
      list = list.filter((name) => foldName(name) !== seen);
    },
  };
}

const foldName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();
