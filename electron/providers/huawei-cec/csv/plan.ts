/** How far a CSV is that is made of several files. Kept in its journal, so that a restart goes on with it. */
import { z } from 'zod';
import type { EmptyNote } from '../../../contract/download.ts';
import { secondAfter } from '../cut-period.ts';
import { readNotes } from '../job-notes.ts';
import type { Link } from '../links.ts';

const cameSchema = z.discriminatedUnion('kind', [
  /** The service has no records of these days. `provisional`: they were not over. */
  z.object({ kind: z.literal('none'), provisional: z.boolean() }),
  /** The file is there, whole; what was found in it. */
  z.object({
    kind: z.literal('zip'),
    size: z.number(),
    rows: z.number().optional(),
    /** The first and the last time that rows begin at; left out where that was not looked for yet. */
    first: z.string().nullable().optional(),
    last: z.string().nullable().optional(),
    others: z.array(z.string()),
    gb18030: z.array(z.string()),
  }),
]);

const planSchema = z.object({
  state: z.literal('csv'),
  table: z.enum(['call', 'record']),
  /** The first and the last second that are asked for. */
  asked: z.object({ begin: z.string(), end: z.string() }),
  /** For each file, where it begins and ends, what was noted of its making, and what came of it. */
  slices: z.array(
    z.object({
      begin: z.string(),
      end: z.string().optional(),
      notes: z.string().nullable(),
      came: cameSchema.nullable(),
      /** How often it broke while it was fetched, since a person last asked for it. */
      broke: z.number().default(0),
    }),
  ),
});
export type Plan = z.infer<typeof planSchema>;
export type PlannedSlice = Plan['slices'][number];
export type CsvLink = Extract<Link, { kind: 'csv' }>;

/** What was noted, while it is still what the link says: with another time zone, a period is cut in other places. */
export function planFor(link: CsvLink, notes: string | null): Plan {
  const [noted, wanted] = [readPlan(notes), newPlan(link)];
  const cuts = ({ asked, slices }: Plan) => JSON.stringify([asked, slices.map(({ begin }) => begin)]);
  return noted && cuts(noted) === cuts(wanted) ? noted : wanted;
}

/** Null where there is none. */
export function readPlan(text: string | null): Plan | null {
  try {
    return planSchema.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

function newPlan({ table, slices, asked: wanted }: CsvLink): Plan {
  const sent = { begin: slices[0]?.query.beginTime ?? '', end: slices.at(-1)?.query.endTime ?? '' };
  const asked = wanted ?? sent;
  return {
    state: 'csv',
    table,
    asked,
    slices: slices.map(({ query: { beginTime: begin, endTime: end } }, index) => ({
      begin,
      end: index === slices.length - 1 ? asked.end : end,
      notes: null,
      came: null,
      broke: 0,
    })),
  };
}

export const withSlice = (plan: Plan, index: number, change: Partial<PlannedSlice>): Plan => ({
  ...plan,
  slices: plan.slices.map((slice, i) => (i === index ? { ...slice, ...change } : slice)),
});

/** True when some of its days were not over when they were asked for. */
export const isProvisional = ({ slices }: Plan): boolean =>
  slices.some(({ notes, came }) => {
    const making = readNotes(notes);
    return (came?.kind === 'none' && came.provisional) || (making.state === 'making' && making.provisional);
  });

/** Where there are no records, those next to each other as one; nothing of a plan that was noted before ends were. */
export function emptyIn({ slices }: Plan): EmptyNote['empty'] {
  const empty: EmptyNote['empty'] = [];
  let isNext = false;
  let before: string | undefined;
  for (const { begin, end, came } of slices) {
    const isEmpty = end !== undefined && (came?.kind === 'none' || came?.rows === 0);
    const last = isNext ? empty.at(-1) : undefined;
    if (isEmpty && last) last.end = end;
    // The second in which two of them meet may have records in the one before.
    else if (isEmpty) empty.push({ begin: begin === before ? secondAfter(begin) : begin, end });
    isNext = isEmpty;
    before = end;
  }
  return empty;
}
