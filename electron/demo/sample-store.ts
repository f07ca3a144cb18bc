import type { SampleFile } from './sample-year.ts';
import { md5 } from './seeded.ts';
import type { WorkLane } from './work-lane.ts';

/** What a listing says of a file's content. */
export interface ContentFacts {
  /** Bytes. */
  readonly size: number;
  readonly md5: string;
}

export interface SampleStore {
  content(file: SampleFile): Promise<Buffer>;
  facts(file: SampleFile): Promise<ContentFacts>;
}

/** Contents kept for downloads that come back for the rest of a file. */
const CONTENTS_KEPT = 8;

/** Keeps the facts of every file that was asked for, and the content of the last few only. */
export function createSampleStore(inLane: WorkLane): SampleStore {
  const contents = new Map<string, Promise<Buffer>>();
  const facts = new Map<string, Promise<ContentFacts>>();

  const content = (file: SampleFile): Promise<Buffer> => {
    const made = contents.get(file.id) ?? file.make();
    contents.delete(file.id);
    contents.set(file.id, made);
    for (const oldest of contents.keys()) {
      if (contents.size <= CONTENTS_KEPT) break;
      contents.delete(oldest);
    }
    return made;
  };

  const compute = async (file: SampleFile): Promise<ContentFacts> => {
    const bytes = await content(file);
    return inLane(() => ({ size: bytes.length, md5: md5(bytes) }));
  };

  return {
    content,
    facts(file) {
      const known = facts.get(file.id) ?? compute(file);
      facts.set(file.id, known);
      return known;
    },
  };
}
