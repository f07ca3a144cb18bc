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

const linkSchema = z.discriminatedUnion('kind', [
  /** The service has to make it. Its period is over at `until`, milliseconds since 1970, UTC. */
  z.object({ kind: z.literal('make'), query: querySchema, until: z.number() }),
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
