/** What a listed file's link says: how to come by the file. It is read by this provider only. */
import { z } from 'zod';
import { isDay } from '../../contract/calendar.ts';
import { isBillFileName } from './bill-file-name.ts';

/** What the service is asked to make a file of; goes out as it is. */
const querySchema = z.object({
  beginTime: z.string(),
  endTime: z.string(),
  dataType: z.string(),
  accountId: z.string().optional(),
  agentId: z.string().optional(),
});
export type BillQuery = z.infer<typeof querySchema>;

/** Its period is over at `until`, milliseconds since 1970, UTC. */
const sliceSchema = z.object({ query: querySchema, until: z.number() });
export type BillSlice = z.infer<typeof sliceSchema>;

const linkSchema = z.discriminatedUnion('kind', [
  /** The service has to make it. */
  sliceSchema.extend({ kind: z.literal('make') }),
  /** It is made here, out of the tables of several files that the service has to make, oldest first. */
  z.object({
    kind: z.literal('csv'),
    table: z.enum(['call', 'record']),
    bom: z.boolean(),
    safe: z.boolean(),
    slices: z.array(sliceSchema).min(1),
    /** The first and the last second of the period; left out where the slices have no second more. */
    asked: z.object({ begin: z.string(), end: z.string() }).optional(),
  }),
  /** Somebody had it made, on this day. */
  z.object({ kind: z.literal('response'), responseId: z.string(), day: z.string().refine(isDay) }),
  /** It is there under this name. */
  z.object({ kind: z.literal('name'), name: z.string().refine(isBillFileName) }),
]);
export type Link = z.infer<typeof linkSchema>;

export const writeLink = (link: Link): string => JSON.stringify(link);

export function readLink(text: string): Link | null {
  try {
    return linkSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
