import type { ServerResponse } from 'node:http';
import { type Pace, sendAnswer } from '../answer.ts';

/** What the PBX answers. */
export type PbxAnswer =
  | { readonly kind: 'json'; readonly status?: number; readonly value: unknown }
  | { readonly kind: 'page'; readonly status: number }
  | {
      readonly kind: 'file';
      readonly bytes: Buffer;
      /** `none`: nothing but the end of the connection says where the file ends. */
      readonly length: 'none' | 'told';
      /** After so many bytes it ends, as if it were complete. */
      readonly endsAfter?: number;
      /** After so many bytes the connection breaks. */
      readonly breaksAfter?: number;
    }
  | { readonly kind: 'redirect'; readonly to: string };

/** Errors come with status 200, and their number as text. */
export const refusal = (errno: number): PbxAnswer => ({
  kind: 'json',
  value: { status: 'Failed', errno: String(errno) },
});

export const success = (values: Readonly<Record<string, string>> = {}): PbxAnswer => ({
  kind: 'json',
  value: { status: 'Success', ...values },
});

const page = '<!DOCTYPE html>\n<html><head><title>Yeastar S50</title></head><body>S50</body></html>\n';

/** Sends an answer as the PBX does, with the end of the connection behind it. */
export async function sendPbxAnswer(
  response: ServerResponse,
  answer: PbxAnswer,
  pace: Pace,
  gone: AbortSignal,
): Promise<void> {
  response.useChunkedEncodingByDefault = false;
  const { status, type, body, length, location } = toSend(answer);
  const headers = {
    server: 'Boa/0.94.14rc21',
    connection: 'close',
    'content-type': type,
    ...(length !== null && { 'content-length': String(length) }),
    ...(location !== null && { location }),
  };
  if (answer.kind === 'file' && answer.breaksAfter !== undefined) {
    response.writeHead(status, headers);
    response.write(body, () => response.destroy());
    return;
  }
  await sendAnswer(response, { status, headers, body }, pace, gone);
}

function toSend(answer: PbxAnswer) {
  const whole = { status: 200, length: null, location: null };
  switch (answer.kind) {
    case 'json': {
      const body = Buffer.from(JSON.stringify(answer.value));
      return { ...whole, status: answer.status ?? 200, type: 'application/json', body, length: body.length };
    }
    case 'page': {
      const body = Buffer.from(page);
      return { ...whole, status: answer.status, type: 'text/html', body, length: body.length };
    }
    case 'redirect':
      return {
        ...whole,
        status: 302,
        type: 'text/html',
        body: Buffer.alloc(0),
        length: 0,
        location: answer.to,
      };
    case 'file': {
      const { bytes, length, endsAfter, breaksAfter } = answer;
      const body = bytes.subarray(0, endsAfter ?? breaksAfter ?? bytes.length);
      const told = length === 'told' ? bytes.length : null;
      return { ...whole, type: 'application/octet-stream', body, length: told };
    }
  }
}
