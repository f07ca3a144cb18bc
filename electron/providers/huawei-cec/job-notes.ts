/** What is noted of a file while the service makes it. It survives the end of the program (spec 8.9). */
import { z } from 'zod';

/** A file that the service makes, or has made. */
const makingSchema = z.object({
  state: z.literal('making'),
  responseId: z.string(),
  /** When it was asked for by the server's clock, milliseconds since 1970, UTC: its name has the day. */
  askedAt: z.number(),
  /** The same by this computer's clock. */
  since: z.number(),
  /** How often the service said that it has no file of the name it was asked for. */
  polls: z.number(),
  /** Its period was not over when it was asked for. */
  provisional: z.boolean(),
  /** The first and the last second that were asked for, as they were sent; left out where somebody else has asked. */
  asked: z.object({ begin: z.string(), end: z.string() }).optional(),
});
export type Making = z.infer<typeof makingSchema>;

/**
 * The service was asked, and the answer did not come, or not yet: it may make the file or not. `orders`: how many in a
 * row have had no answer, with this one; 0 after the program has given up, so that a person's try begins anew.
 */
const askingSchema = z.object({ state: z.literal('asking'), at: z.number(), orders: z.number().default(1) });
export type Asking = z.infer<typeof askingSchema>;

/** The service no longer has the file, and the person is told: the next try is theirs, and has another one made. */
const goneSchema = z.object({ state: z.literal('gone'), responseId: z.string() });

const notesSchema = z.discriminatedUnion('state', [
  /** Nothing is on its way: the service has not been asked, or has refused. */
  z.object({ state: z.literal('new') }),
  askingSchema,
  makingSchema,
  goneSchema,
]);
export type Notes = z.infer<typeof notesSchema>;

export const writeNotes = (notes: Notes): string => JSON.stringify(notes);

export function readNotes(text: string | null): Notes {
  try {
    return notesSchema.safeParse(JSON.parse(text ?? '')).data ?? { state: 'new' };
  } catch {
    return { state: 'new' };
  }
}
