import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HttpClient } from '../../../electron/network/http.ts';
import { certificate } from '../../fakes/loopback-certificates.ts';
import { listenOnFreePort, serveHttp } from '../../fakes/loopback-server.ts';
import { createRecordingSink } from '../../fakes/recording-sink.ts';
import { client, closing, get, http, tls } from './with-http.ts';

describe('an exchange', () => {
  it('answers with status, lower-case headers and text, whatever the status', async () => {
    const server = await http((_request, response) => {
      response.writeHead(406, { 'X-Reason': ['a', 'b'], 'Content-Type': 'text/plain' });
      response.end('\uFEFFnot like this: ü');
    });
    const answer = await client().exchange(get(`${server.url}/x`));
    expect(answer).toMatchObject({
      ok: true,
      value: {
        status: 406,
        headers: { 'x-reason': 'a, b', 'content-type': 'text/plain' },
        text: 'not like this: ü',
      },
    });
  });

  it('sends method, path with query, headers and body', async () => {
    const seen: unknown[] = [];
    const server = await http(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push(request.method, request.url, request.headers.authorization, body);
      response.end();
    });
    await client().exchange(get(`${server.url}/a%20b?c=d#e`, { method: 'POST', body: '{"x":1}' }));
    expect(seen).toEqual(['POST', '/a%20b?c=d', 'Bearer s3cret', '{"x":1}']);
  });

  it('asks for bytes as they are, unless the caller says otherwise', async () => {
    const server = await http((request, response) => response.end(request.headers['accept-encoding']));
    const made = client();
    const usual = await made.exchange(get(server.url));
    const own = await made.exchange(get(server.url, { headers: { 'accept-encoding': 'br' } }));
    expect([usual, own]).toMatchObject([{ value: { text: 'identity' } }, { value: { text: 'br' } }]);
  });

  it('refuses an answer that is longer than allowed, and ends the connection', async () => {
    const server = await http((_request, response) => {
      response.write('x'.repeat(2000));
    });
    const answer = await client().exchange(get(server.url), { maxBytes: 1000 });
    expect(answer).toMatchObject({ failure: { code: 'unusable-answer' } });
    await server.untilIdle();
  });

  it('fails no request for a connection that was kept alive and is closed by the server', async () => {
    const server = await http((request, response) => {
      response.end('ok', () => request.socket.end());
    });
    const made = client();
    for (let i = 0; i < 3; i += 1) {
      expect(await made.exchange(get(server.url))).toMatchObject({ value: { text: 'ok' } });
      await server.untilIdle();
    }
  });

  it('does not use a connection again that the server will soon close', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'keep-alive': 'timeout=1' }).end('ok');
    });
    const made = client();
    for (let i = 0; i < 3; i += 1) await made.exchange(get(server.url));
    expect(server.accepted).toBe(3);
  });

  it('uses one connection for requests that follow each other', async () => {
    const server = await http((_request, response) => response.end('ok'));
    const made = client();
    for (let i = 0; i < 5; i += 1) await made.exchange(get(server.url));
    expect(server.accepted).toBe(1);
  });
});

describe('redirects', () => {
  /** `/5` leads to `/4`, and so on to `/0`. */
  const countdown = () =>
    http((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` });
      response.end(request.headers.authorization);
    });

  it('are followed five times, with the token where it is trusted', async () => {
    const server = await countdown();
    const asked: string[] = [];
    const trusts = (url: URL) => asked.push(url.pathname) > 0;
    const answer = await client().exchange(get(`${server.url}/5`, { trusts }));
    expect(answer).toMatchObject({ value: { status: 200, text: 'Bearer s3cret' } });
    expect(asked).toEqual(['/5', '/4', '/3', '/2', '/1', '/0']);
  });

  it('are not followed a sixth time', async () => {
    const server = await countdown();
    const answer = await client().exchange(get(`${server.url}/6`));
    expect(answer).toMatchObject({ failure: { code: 'too-many-redirects' } });
  });

  it('are not followed after a POST, nor where they lead nowhere', async () => {
    const server = await http((request, response) => {
      response.writeHead(307, request.url === '/nowhere' ? {} : { location: 'http://[' });
      response.end();
    });
    const made = client();
    const posted = await made.exchange(get(`${server.url}/x`, { method: 'POST', body: '' }));
    const nowhere = await made.exchange(get(`${server.url}/nowhere`));
    const broken = await made.exchange(get(`${server.url}/broken`));
    expect([posted, nowhere, broken]).toMatchObject(Array(3).fill({ value: { status: 307 } }));
  });

  it('never lead to an address that may not have the token', async () => {
    const reached: string[] = [];
    const foreign = await http((request, response) => {
      reached.push(String(request.headers.authorization));
      response.end();
    });
    const server = await http((_request, response) => {
      response.writeHead(302, { location: `${foreign.url}/path?query` }).end();
    });
    const trusts = (url: URL) => url.origin === server.url;
    const answer = await client().exchange(get(server.url, { trusts }));
    expect(answer).toEqual({ ok: false, failure: { code: 'untrusted-host', detail: foreign.host } });
    expect(reached).toEqual([]);
    expect(foreign.accepted).toBe(0);
  });

  it('never lead from https to plain http, even where the caller would trust it', async () => {
    const server = await tls((_request, response) => {
      response.writeHead(301, { location: 'http://files.cdr.test/x' }).end();
    });
    const answer = await client({ certificates: () => [certificate] }).exchange(get(server.url));
    expect(answer).toMatchObject({ failure: { code: 'untrusted-host', detail: 'files.cdr.test' } });
  });
});

describe('an address that may not have the token', () => {
  it.each(['ftp://127.0.0.1/x', 'file:///etc/passwd', 'no address', ''])('is not %j', async (url) => {
    expect(await client().exchange(get(url))).toMatchObject({ failure: { code: 'untrusted-host' } });
  });

  it('gets nothing, not even a connection', async () => {
    const server = await http((_request, response) => response.end());
    const answer = await client().exchange(get(server.url, { trusts: () => false }));
    expect(answer).toMatchObject({ failure: { code: 'untrusted-host' } });
    expect(server.accepted).toBe(0);
  });
});

describe('a network failure', () => {
  /** The path and the token of a request must not get into the detail. */
  const failing = (made: HttpClient, url: string) => made.exchange(get(`${url}/s3cret?s3cret`));

  it('is connection-refused where nobody listens', async () => {
    const server = await serveHttp(() => {});
    await server.close();
    expect(await failing(client(), server.url)).toEqual({
      ok: false,
      failure: { code: 'connection-refused', detail: `ECONNREFUSED: ${server.host}` },
    });
  });

  it('is tls-failed for a server that does not speak TLS', async () => {
    const server = await http((_request, response) => response.end());
    const url = server.url.replace('http:', 'https:');
    expect(await failing(client(), url)).toMatchObject({ failure: { code: 'tls-failed' } });
  });

  it('is nothing for a certificate whose authority is among the trusted', async () => {
    const server = await tls((_request, response) => response.end('hello'));
    const answer = await client({ certificates: () => [certificate] }).exchange(get(server.url));
    expect(answer).toMatchObject({ value: { text: 'hello' } });
  });

  it('is connection-lost, which may pass, when the server hangs up during the TLS handshake', async () => {
    for (const hangUp of ['destroy', 'resetAndDestroy'] as const) {
      const rude = createServer((socket) =>
        socket.on('error', () => {}).once('data', () => socket[hangUp]()),
      );
      const port = await listenOnFreePort(rude);
      closing(rude);
      expect(await failing(client(), `https://127.0.0.1:${port}`)).toMatchObject({
        failure: { code: 'connection-lost', detail: `ECONNRESET: 127.0.0.1:${port}` },
      });
    }
  });

  it('is connection-lost when TLS breaks after the request has gone out, which may have done something', async () => {
    let garble = () => {};
    const server = await tls(() => garble());
    const relay = closing(
      createServer((inward) => {
        const outward = connect(Number(new URL(server.url).port), '127.0.0.1');
        outward.on('error', () => {});
        inward.on('error', () => {}).on('close', () => outward.destroy());
        inward.pipe(outward).pipe(inward, { end: false });
        garble = () => void inward.write(Buffer.from([0x17, 3, 3, 0, 64, ...new Uint8Array(64)]));
      }),
    );
    const port = await listenOnFreePort(relay);
    const made = client({ certificates: () => [certificate] });
    const answer = await failing(made, `https://127.0.0.1:${port}`);
    expect(answer).toMatchObject({
      failure: { code: 'connection-lost', detail: expect.stringContaining('ERR_SSL_') },
    });
  });

  it('is connection-refused when no connection comes about', async () => {
    const mute = createServer((socket) => socket.on('error', () => {}));
    const port = await listenOnFreePort(mute);
    closing(mute);
    const made = client({ connectTimeout: 100 });
    expect(await failing(made, `https://127.0.0.1:${port}`)).toMatchObject({
      failure: { code: 'connection-refused', detail: `UND_ERR_CONNECT_TIMEOUT: 127.0.0.1:${port}` },
    });
    await made.close();
  });

  it('is timed-out when no answer comes', async () => {
    const server = await http(() => {});
    expect(await failing(client({ headersTimeout: 100 }), server.url)).toMatchObject({
      failure: { code: 'timed-out', detail: `UND_ERR_HEADERS_TIMEOUT: ${server.host}` },
    });
  });

  it('is timed-out when the body falls silent', async () => {
    const server = await http((_request, response) => {
      response.write('a beginning');
    });
    expect(await failing(client({ idleTimeout: 100 }), server.url)).toMatchObject({
      failure: { code: 'timed-out', detail: `UND_ERR_BODY_TIMEOUT: ${server.host}` },
    });
  });

  it.each([
    ['kept alive', { 'content-length': '100' }],
    ['to be closed', { 'content-length': '100', connection: 'close' }],
    ['chunked', {}],
  ])('is connection-lost when a body ends early (%s)', async (_kind, headers) => {
    const server = await http((request, response) => {
      response.writeHead(200, headers);
      response.write('only this', () => request.socket.end());
    });
    const sink = createRecordingSink();
    expect(await failing(client(), server.url)).toMatchObject({ failure: { code: 'connection-lost' } });
    expect(await client().stream(get(server.url), () => sink)).toMatchObject({
      failure: { code: 'connection-lost' },
    });
    expect(sink).toMatchObject({ state: 'let go' });
    expect(sink.bytes().toString()).toBe('only this');
  });

  it('is connection-lost for an answer that is not HTTP', async () => {
    const odd = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9\r\n'));
    const port = await listenOnFreePort(odd);
    closing(odd);
    expect(await failing(client(), `http://127.0.0.1:${port}`)).toMatchObject({
      failure: { code: 'connection-lost' },
    });
  });
});
