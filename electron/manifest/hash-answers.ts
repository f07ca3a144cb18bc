/** What the hash worker says. */
import { z } from 'zod';

export const hashAnswerSchema = z.discriminatedUnion('kind', [
  /** So many bytes of the file have been read; more is to come. */
  z.object({ kind: z.literal('read'), bytes: z.number() }),
  /** The whole file: its bytes, and its checksums in lower-case hex. */
  z.object({ kind: z.literal('hashed'), size: z.number(), md5: z.string(), sha256: z.string() }),
  /** It can't be read, and what the file system said, e.g. `ENOENT`. */
  z.object({ kind: z.literal('unreadable'), code: z.string() }),
]);
export type HashAnswer = z.infer<typeof hashAnswerSchema>;
