import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../electron/lib/clock.ts';
import { serveHttp } from '../../../fakes/loopback-server.ts';

/** `stall`: no answer ever. `cut`: the connection ends before one. `echo`: all that came, in a message. */
export type OtherAnswer =
  | 'stall'
  | 'cut'
  | { readonly status: number; readonly type: string; readonly body: string }
  | { readonly status: number; readonly echo: true };

/**
 * What answers while the service does not: a proxy, a firewall, a service that is out of order. It has the time of the
 * clock, for some sessions go by the time of who answers.
 */
export async function startOtherServer(clock: Clock) {
  let answer: OtherAnswer = 'stall';
  let asked = 0;
  const listener: RequestListener = async (request, response) => {
    asked += 1;
    const body = await text(request).catch(() => '');
    if (answer === 'stall') return;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    if (answer === 'cut') {
      response.destroy();
    } else if ('echo' in answer) {
      const { authorization = '' } = request.headers;
      const message = `${request.method} ${request.url} ${authorization} ${body}`;
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message, resultCode: '9', resultDesc: message, errno: message }));
    } else {
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    }
  };
  const server = await serveHttp(listener);
  onTestFinished(() => server.close());
  return {
    url: server.url,
    answerWith(other: OtherAnswer): void {
      answer = other;
    },
    get asked() {
      return asked;
    },
    untilIdle: () => server.untilIdle(),
  };
}

export type OtherServer = Awaited<ReturnType<typeof startOtherServer>>;
