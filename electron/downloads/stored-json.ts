/** Schemas of what the queue keeps as JSON in its table. */
import { z } from 'zod';
import { type Failure, failureCodes } from '../contract/failure.ts';
import type { PartRecord } from './resume-decision.ts';
import { retryKinds, type Tries } from './retry-policy.ts';

export const failureSchema: z.ZodType<Failure> = z.object({
  code: z.enum(failureCodes),
  detail: z.string(),
  subject: z.string().exactOptional(),
  status: z.number().exactOptional(),
  retryAfterMs: z.number().exactOptional(),
  fingerprint: z.string().exactOptional(),
  progress: z
    .object({
      done: z.number(),
      total: z.number(),
      msLeft: z.number().nullable(),
      unit: z.enum(['part', 'step']).exactOptional(),
      waits: z.boolean().exactOptional(),
      answerLost: z.boolean().exactOptional(),
      advanced: z.boolean().exactOptional(),
    })
    .exactOptional(),
});

export const triesSchema: z.ZodType<Tries> = z.partialRecord(z.enum(retryKinds), z.number());

export const partSchema: z.ZodType<PartRecord> = z.object({
  fileId: z.string(),
  size: z.number().nullable(),
  md5: z.string().nullable(),
  total: z.number().nullable(),
  validator: z.string().nullable(),
});
