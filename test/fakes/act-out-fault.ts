import { gzipSync } from 'node:zlib';
import { type Answer, bytesAnswer, sendAnswer } from '../../electron/demo/answer.ts';
import type { Exchange } from '../../electron/demo/demo-service.ts';
import type { Clock } from '../../electron/lib/clock.ts';
import type { Fault } from './fault.ts';

export interface Stage {
  readonly clock: Clock;
  /** Resolves when stalled answers may go on, or when `over` is aborted. */
  readonly released: (over: AbortSignal) => Promise<void>;
}

/** Deals with a request in the way that the fault says. */
export async function actOutFault(fault: Fault, exchange: Exchange, stage: Stage): Promise<void> {
  const { request, response, over } = exchange;
  switch (fault.kind) {
    case 'reset':
      response.destroy();
      return;
    case 'cut':
      await sendPart(exchange, await exchange.answer(), fault.afterBytes);
      response.destroy();
      return;
    case 'stall': {
      if (fault.afterBytes === undefined) {
        await stage.released(over);
        return exchange.send(await exchange.answer());
      }
      const answer = await exchange.answer();
      await sendPart(exchange, answer, fault.afterBytes);
      await stage.released(over);
      if (!over.aborted) response.end(answer.body.subarray(fault.afterBytes));
      return;
    }
    case 'drip':
      return sendAnswer(response, await exchange.answer(), { ...stage, ...fault }, over);
    case 'wrong-length': {
      const answer = await exchange.answer();
      const length = String(answer.body.length + fault.delta);
      const headers = { ...answer.headers, 'content-length': length };
      await sendPart(exchange, { ...answer, headers }, answer.body.length);
      response.destroy();
      return;
    }
    case 'ignore-range':
      delete request.headers.range;
      return exchange.send(await exchange.answer());
    case 'wrong-range':
      request.headers.range = request.headers.range?.replace(/\d+/, (from) =>
        String(Number(from) + fault.offset),
      );
      return exchange.send(await exchange.answer());
    case 'short-pages': {
      const url = new URL(request.url ?? '/', 'http://localhost');
      url.searchParams.set('size', String(Math.min(fault.size, Number(url.searchParams.get('size') ?? 30))));
      request.url = `${url.pathname}${url.search}`;
      return exchange.send(await exchange.answer());
    }
    case 'status':
      return exchange.send(
        bytesAnswer(fault.status, 'text/plain', Buffer.from(fault.body ?? ''), fault.headers),
      );
    case 'html':
      return exchange.send(bytesAnswer(200, 'text/html', Buffer.from(page)));
    case 'empty':
      return exchange.send(bytesAnswer(200, 'application/json', Buffer.alloc(0)));
    case 'redirect':
      return exchange.send(
        bytesAnswer(fault.status ?? 307, 'text/plain', Buffer.alloc(0), { location: fault.to }),
      );
    default:
      return exchange.send(alter(fault, await exchange.answer()));
  }
}

const page = '<!DOCTYPE html><html><body><h1>Please sign in to the guest network</h1></body></html>';

type Alteration = Extract<Fault, { kind: 'corrupt' | 'body' | 'headers' | 'gzip' | 'broken-json' | 'json' }>;

function alter(fault: Alteration, answer: Answer): Answer {
  switch (fault.kind) {
    case 'corrupt': {
      const body = Buffer.from(answer.body);
      body[fault.atByte] = (body[fault.atByte] ?? 0) ^ 1;
      return { ...answer, body };
    }
    case 'body':
      return withBody(answer, fault.edit(answer.body));
    case 'headers':
      return { ...answer, headers: withHeaders(answer.headers, fault.set) };
    case 'gzip': {
      const packed = withBody(answer, gzipSync(answer.body));
      return { ...packed, headers: { ...packed.headers, 'content-encoding': 'gzip' } };
    }
    case 'broken-json':
      return withBody(answer, answer.body.subarray(0, Math.floor(answer.body.length / 2)));
    case 'json': {
      const edited = JSON.stringify(fault.edit(JSON.parse(answer.body.toString())));
      return withBody(answer, Buffer.from(edited));
    }
  }
}

const withBody = (answer: Answer, body: Buffer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'content-length': String(body.length) },
  body,
});

function withHeaders(
  headers: Readonly<Record<string, string>>,
  set: Record<string, string | null>,
): Record<string, string> {
  const kept = Object.entries({ ...headers, ...set });
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Sends the head and the first bytes of the body, and waits until they have left. */
async function sendPart({ response, over }: Exchange, answer: Answer, bytes: number): Promise<void> {
  if (over.aborted) return;
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  const part = answer.body.subarray(0, bytes);
  await new Promise<void>((resolve) => {
    over.addEventListener('abort', () => resolve(), { once: true });
    response.write(part, () => resolve());
  });
}
