import { z } from 'zod';
import {
  type DownloadNote,
  downloadNotes,
  emptyNoteSchema,
  rowsNoteSchema,
  unseenNoteSchema,
} from '../contract/download.ts';

/** Notes as they are kept in a database, as JSON. */
export const notesSchema: z.ZodType<readonly DownloadNote[]> = z.array(
  z.union([z.enum(downloadNotes), rowsNoteSchema, emptyNoteSchema, unseenNoteSchema]),
);
