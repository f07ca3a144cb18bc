/** The JSON that the service answers with, in its new and its old form, whole or cut off (spec 5, 8.14, 8.15). */
import { z } from 'zod';

export interface Envelope {
  /** Seven digits for what is documented; `0` for success. */
  readonly code: string;
  readonly text: string;
  readonly responseId: string | null;
}

const codeSchema = z.union([z.string(), z.number()]).transform(String);
const textSchema = z.string().catch('');

const schema = z.object({
  resultCode: codeSchema.optional().catch(undefined),
  resultDesc: textSchema,
  resultData: z
    .object({ responseId: codeSchema.nullable().catch(null) })
    .nullable()
    .catch(null),
  response: z
    .object({ resultCode: codeSchema.optional().catch(undefined), resultMsg: textSchema })
    .nullable()
    .catch(null),
});

/** Null for anything that is not such an answer. */
export function readEnvelope(body: string): Envelope | null {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (!text.startsWith('{')) return null;
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) return readPiece(text);
  const { resultCode, resultDesc, resultData, response } = parsed.data;
  const code = resultCode ?? response?.resultCode;
  if (code === undefined) return null;
  const responseId = resultData?.responseId ?? null;
  return { code: wholeCode(code), text: resultDesc || (response?.resultMsg ?? ''), responseId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The code comes first, so the beginning of an answer mostly says what it is. */
function readPiece(text: string): Envelope | null {
  const code = /"resultCode"\s*:\s*(?:"\s*(\d+)\s*"|(\d+)\s*[,}])/.exec(text);
  const description = /"(?:resultDesc|resultMsg)"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(text);
  const digits = code?.[1] ?? code?.[2];
  return digits === undefined
    ? null
    : { code: wholeCode(digits), text: description?.[1] ?? '', responseId: null };
}

/** As a number, a code has lost its leading zero. */
function wholeCode(code: string): string {
  const text = code.trim();
  if (/^0+$/.test(text)) return '0';
  return /^\d{6}$/.test(text) ? `0${text}` : text;
}
