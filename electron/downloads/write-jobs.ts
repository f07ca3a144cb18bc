/** What the write thread is told, and what it answers. */
import { z } from 'zod';

/** Done in the order in which they come. `file`: a number that stands for one file from its first byte. */
export type WriteJob =
  /** Writes the chunks one behind the other at `position`, and takes them into the file's MD5. */
  | {
      readonly kind: 'append';
      readonly file: number;
      readonly fd: number;
      readonly position: number;
      readonly chunks: readonly Uint8Array[];
    }
  /** The MD5 of all bytes so far. */
  | { readonly kind: 'md5'; readonly file: number }
  /** Nothing more is to come. The only job that is not answered. */
  | { readonly kind: 'forget'; readonly file: number };

const writeAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written') }),
  /** In lower-case hex. */
  z.object({ kind: z.literal('md5'), md5: z.string() }),
  /** What the file system said. */
  z.object({ kind: z.literal('refused'), code: z.string(), syscall: z.string() }),
]);
export type WriteAnswer = z.infer<typeof writeAnswerSchema>;

/** One answer a job, in the same order. */
export const writeAnswersSchema = z.array(writeAnswerSchema);
