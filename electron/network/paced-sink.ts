import type { BodySink } from './http.ts';

/** Counts bytes that have arrived. A promise asks to take no more before it resolves. */
export type Pace = (bytes: number) => Promise<void> | undefined;

/** The same sink, held back for as long as `pace` wants, too. */
export const pacedSink = (sink: BodySink, pace: Pace): BodySink => ({
  take: (chunk) => both(sink.take(chunk), pace(chunk.length)),
  end: () => sink.end(),
  letGo: () => sink.letGo(),
});

/** Two waits as one; nothing where there is none. */
export function both(
  one: Promise<void> | undefined,
  other: Promise<void> | undefined,
): Promise<void> | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Promise.all([one, other]).then(() => undefined);
}
