/** How far a file has come: the parts of its period, and what has come of each. Kept in the job's notes. Pure. */
import { z } from 'zod';
import { addDays, daysBetween } from '../../contract/calendar.ts';
import type { DownloadNote } from '../../contract/download.ts';

const bytesSchema = z.object({ size: z.number(), sha256: z.string() });

const partSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** How often its connection broke. */
  breaks: z.number(),
  /** A first result that looks cut off. */
  suspect: bytesSchema.nullable(),
  /** Null: still to be fetched. */
  result: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('csv'),
        size: z.number(),
        isWhole: z.boolean(),
        isProvisional: z.boolean(),
      }),
      z.object({
        kind: z.literal('none'),
        why: z.string(),
        /** Whether the PBX has said so. */
        isSure: z.boolean().default(true),
        isProvisional: z.boolean().default(false),
      }),
    ])
    .nullable(),
});

const planSchema = z.object({
  /** Of the API: a file is never put together from several (spec 8.3). */
  version: z.string(),
  parts: z.array(partSchema),
  /** How often the PBX was out of order. */
  outages: z.number(),
  /** The parts have made several files. */
  isSeparate: z.boolean().default(false),
});

export type Part = z.infer<typeof partSchema>;
export type Plan = z.infer<typeof planSchema>;
export type FetchedBytes = z.infer<typeof bytesSchema>;

const newPart = (from: string, to: string): Part => ({ from, to, breaks: 0, suspect: null, result: null });

export const newPlan = (
  version: string,
  { from, to }: { readonly from: string; readonly to: string },
): Plan => ({
  version,
  parts: [newPart(from, to)],
  outages: 0,
  isSeparate: false,
});

/** Null for notes that hold none. */
export function readPlan(notes: string | null): Plan | null {
  try {
    const read = planSchema.safeParse(JSON.parse(notes ?? 'null'));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The same plan with other parts in the place of one. */
export const replacePart = (plan: Plan, part: Part, ...others: readonly Part[]): Plan => ({
  ...plan,
  parts: plan.parts.flatMap((one) => (one === part ? others : [one])),
});

/** Two halves of a part, in whole days; null for a single day. */
export function halve({ from, to }: Part): readonly [Part, Part] | null {
  const days = daysBetween(from, to);
  if (days <= 0) return null;
  const middle = addDays(from, Math.floor(days / 2));
  return [newPart(from, middle), newPart(addDays(middle, 1), to)];
}

export const isFetched = ({ result }: Part): boolean => result !== null;

const isUntouched = (part: Part): boolean => !isFetched(part) && part.breaks === 0;

/** Files are made one at a time, so one of which nothing was tried yet has others before it. */
export const progressOf = ({ parts }: Plan) => ({
  done: parts.filter(isFetched).length,
  total: parts.length,
  msLeft: null,
  ...(parts.every(isUntouched) && { waits: true }),
});

/** What a person should know of the file that these parts make. */
export function notesOf({ parts, isSeparate }: Plan): DownloadNote[] {
  const results = parts.flatMap(({ result }) => result ?? []);
  const isWhole = results.every((result) => (result.kind === 'csv' ? result.isWhole : result.isSure));
  return [
    ...(isWhole ? [] : (['maybe-incomplete'] as const)),
    ...(results.some(({ isProvisional }) => isProvisional) ? (['provisional'] as const) : []),
    ...(isSeparate ? (['separate-files'] as const) : []),
  ];
}
