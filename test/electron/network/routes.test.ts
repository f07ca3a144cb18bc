import { once } from 'node:events';
import { createSecureServer as createHttp2Server } from 'node:http2';
import { connect, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import { createHttpClient, type HttpClientOptions } from '../../../electron/network/http-client.ts';
import { certificate, key } from '../../fakes/loopback-certificates.ts';
import { type LoopbackServer, listenOnFreePort, serveHttp } from '../../fakes/loopback-server.ts';
import { createRecordingSink } from '../../fakes/recording-sink.ts';
import { closing, http, tls } from './with-http.ts';

interface Tunnel {
  readonly asked: readonly string[];
  readonly headers: readonly (string | undefined)[];
}

/** Makes a server a proxy whose tunnels all end at `port`, whatever host is asked for. */
function tunnelTo(port: number, server: Server): Tunnel {
  const asked: string[] = [];
  const headers: (string | undefined)[] = [];
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url);
    headers.push(request.headers.authorization);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) {
      end.on('error', () => {});
      end.on('close', () => {
        socket.destroy();
        onward.destroy();
      });
    }
  });
  return { asked, headers };
}

const portOf = (server: LoopbackServer) => Number(new URL(server.url).port);

/** The service behind `https://files.cdr.test`, which only the proxy can reach. */
const service = () => tls((request, response) => response.end(`at ${request.url}`));
const proxy = () => http((_request, response) => response.end('a proxy'));

const client = (proxyAnswer: string, more: Partial<HttpClientOptions> = {}) =>
  closing(
    createHttpClient({
      budget: createConnectionBudget(),
      certificates: () => [certificate],
      proxyFor: async () => proxyAnswer,
      ...more,
    }),
  );

const request = {
  method: 'GET',
  url: 'https://files.cdr.test/list?a=b',
  headers: { authorization: 'Bearer s3cret' },
  trusts: () => true,
} as const;

describe('a request through a proxy', () => {
  it('goes through a tunnel, and the proxy sees the host alone', async () => {
    const inBetween = await proxy();
    const tunnel = tunnelTo(portOf(await service()), inBetween.server);
    const answer = await client(`PROXY ${inBetween.host}; DIRECT`).exchange(request);
    expect(answer).toMatchObject({ ok: true, value: { status: 200, text: 'at /list?a=b' } });
    expect(tunnel).toEqual({ asked: ['files.cdr.test:443'], headers: [undefined] });
  });

  it('goes through a proxy that itself speaks TLS', async () => {
    const inBetween = await tls((_request, response) => response.end());
    tunnelTo(portOf(await service()), inBetween.server);
    const answer = await client(`HTTPS ${inBetween.host}`).exchange(request);
    expect(answer).toMatchObject({ value: { text: 'at /list?a=b' } });
  });

  it('keeps its tunnel for the next request', async () => {
    const inBetween = await proxy();
    const tunnel = tunnelTo(portOf(await service()), inBetween.server);
    const made = client(`PROXY ${inBetween.host}`);
    await made.exchange(request);
    await made.exchange(request);
    expect(tunnel.asked).toHaveLength(1);
  });

  it('asks the system with the origin only', async () => {
    const inBetween = await proxy();
    tunnelTo(portOf(await service()), inBetween.server);
    const asked: string[] = [];
    const proxyFor = async (origin: string) => {
      asked.push(origin);
      return `PROXY ${inBetween.host}`;
    };
    await client('', { proxyFor }).exchange(request);
    expect(asked).toEqual(['https://files.cdr.test/']);
  });

  it.each([407, 403, 502])('fails with the name of the proxy when that answers %i', async (status) => {
    const inBetween = await proxy();
    inBetween.server.on('connect', (_request, socket: Socket) => {
      socket.on('error', () => {});
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    });
    const answer = await client(`PROXY ${inBetween.host}`).exchange(request);
    expect(answer).toEqual({
      ok: false,
      failure: {
        code: 'connection-lost',
        detail: `proxy ${inBetween.host} answered ${status} for files.cdr.test`,
      },
    });
  });

  it('fails with the name of the proxy when that is not there', async () => {
    const gone = await serveHttp(() => {});
    await gone.close();
    expect(await client(`PROXY ${gone.host}`).exchange(request)).toEqual({
      ok: false,
      failure: {
        code: 'connection-refused',
        detail: `ECONNREFUSED: files.cdr.test through proxy ${gone.host}`,
      },
    });
  });

  it('fails when the proxy never opens the tunnel', async () => {
    const inBetween = await proxy();
    inBetween.server.on('connect', (_request, socket: Socket) => socket.on('error', () => {}));
    const answer = await client(`PROXY ${inBetween.host}`, { headersTimeout: 100 }).exchange(request);
    expect(answer).toMatchObject({ failure: { code: 'timed-out' } });
  });

  it('fails when the proxy hangs up', async () => {
    const inBetween = await proxy();
    inBetween.server.on('connect', (_request, socket: Socket) => socket.destroy());
    const answer = await client(`PROXY ${inBetween.host}`).exchange(request);
    expect(answer).toMatchObject({ failure: { code: 'connection-lost' } });
  });

  it('does not take the certificate of another host', async () => {
    const inBetween = await proxy();
    tunnelTo(portOf(await service()), inBetween.server);
    const other = { ...request, url: 'https://other.cdr.test/' };
    expect(await client(`PROXY ${inBetween.host}`).exchange(other)).toMatchObject({
      failure: { code: 'certificate-unknown' },
    });
  });

  it('ends at once when stopped while the tunnel is being opened', async () => {
    const inBetween = await proxy();
    const controller = new AbortController();
    inBetween.server.on('connect', (_request, socket: Socket) => {
      socket.on('error', () => {});
      controller.abort();
    });
    const answer = await client(`PROXY ${inBetween.host}`).exchange({
      ...request,
      signal: controller.signal,
    });
    expect(answer).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('ends at once when stopped while the system looks for a proxy', async () => {
    const controller = new AbortController();
    const proxyFor = () => {
      controller.abort();
      return new Promise<string>(() => {});
    };
    const answer = await client('', { proxyFor }).exchange({ ...request, signal: controller.signal });
    expect(answer).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('of plain http goes to the proxy itself, which passes it on', async () => {
    const inBetween = await http((received, response) =>
      response.end(`${received.url} for ${received.headers.host}`),
    );
    const answer = await client(`PROXY ${inBetween.host}`).exchange({
      ...request,
      url: 'http://files.cdr.test/list?a=b',
    });
    expect(answer).toMatchObject({ value: { text: 'http://files.cdr.test/list?a=b for files.cdr.test' } });
  });

  it('of plain http fails with the name of the proxy when that wants a password', async () => {
    const inBetween = await http((_request, response) => response.writeHead(407).end('who?'));
    const opened: number[] = [];
    const answer = await client(`PROXY ${inBetween.host}`).stream(
      { ...request, url: 'http://files.cdr.test/list' },
      ({ status }) => {
        opened.push(status);
        return createRecordingSink();
      },
    );
    expect(answer).toEqual({
      ok: false,
      failure: {
        code: 'connection-lost',
        detail: `proxy ${inBetween.host} answered 407 for files.cdr.test`,
      },
    });
    expect(opened).toEqual([]);
  });

  it('never happens for this computer itself', async () => {
    const local = await http((_request, response) => response.end('local'));
    const asked: string[] = [];
    const proxyFor = async (origin: string) => {
      asked.push(origin);
      return 'PROXY 127.0.0.1:1';
    };
    const answer = await client('', { proxyFor }).exchange({ ...request, url: local.url });
    expect(answer).toMatchObject({ value: { text: 'local' } });
    expect(asked).toEqual([]);
  });
});

describe('connections', () => {
  it('are as many as allowed, and the rest waits', async () => {
    const waiting: (() => void)[] = [];
    const server = await http((_request, response) => waiting.push(() => response.end('ok')));
    const made = client('DIRECT', { budget: createConnectionBudget(2) });
    const answers = Promise.all(
      Array.from({ length: 6 }, () => made.exchange({ ...request, url: server.url })),
    );
    for (let answered = 0; answered < 6; answered += 1) {
      if (waiting.length === 0) await once(server.server, 'request');
      waiting.shift()?.();
    }
    expect(await answers).toMatchObject(Array(6).fill({ value: { text: 'ok' } }));
    expect(server.accepted).toBe(2);
  });

  it('speak HTTP/1.1, also to a server that would rather speak HTTP/2', async () => {
    const server = closing(
      createHttp2Server({ key, cert: certificate, allowHTTP1: true }, (received, response) =>
        response.end(received.httpVersion),
      ),
    );
    const port = await listenOnFreePort(server);
    const answer = await client('DIRECT').exchange({ ...request, url: `https://127.0.0.1:${port}` });
    expect(answer).toMatchObject({ value: { text: '1.1' } });
  });
});
