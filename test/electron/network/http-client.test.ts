import { once } from 'node:events';
import { createServer } from 'node:net';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import type { HttpClient, HttpRequest } from '../../../electron/network/http.ts';
import { createHttpClient, type HttpClientOptions } from '../../../electron/network/http-client.ts';
import { certificate, expiredCertificate } from '../../fakes/loopback-certificates.ts';
import { listenOnFreePort, serveHttp, serveTls } from '../../fakes/loopback-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
});

async function http(...[listener]: Parameters<typeof serveHttp>) {
  const server = await serveHttp(listener);
  cleanups.push(() => server.close());
  return server;
}

async function tls(...[listener, cert]: Parameters<typeof serveTls>) {
  const server = await serveTls(listener, cert);
  cleanups.push(() => server.close());
  return server;
}

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  const made = createHttpClient({ budget: createConnectionBudget(), ...options });
  cleanups.push(() => made.close());
  return made;
}

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: { authorization: 'Bearer s3cret' },
  trusts: () => true,
  ...more,
});

/** Keeps what it is given. */
function keeper() {
  const chunks: Buffer[] = [];
  const writable = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { writable, bytes: () => Buffer.concat(chunks) };
}

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

  it('is tls-failed for a certificate that nobody vouches for', async () => {
    const server = await tls((_request, response) => response.end());
    expect(await failing(client({ certificates: () => null }), server.url)).toEqual({
      ok: false,
      failure: { code: 'tls-failed', detail: `DEPTH_ZERO_SELF_SIGNED_CERT: ${server.host}` },
    });
  });

  it('is tls-failed for a certificate that has run out', async () => {
    const server = await tls((_request, response) => response.end(), expiredCertificate);
    const made = client({ certificates: () => [expiredCertificate] });
    expect(await failing(made, server.url)).toMatchObject({
      failure: { code: 'tls-failed', detail: `CERT_HAS_EXPIRED: ${server.host}` },
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

  it('is timed-out when no connection comes about', async () => {
    const mute = createServer((socket) => socket.on('error', () => {}));
    const port = await listenOnFreePort(mute);
    cleanups.push(() => mute.close());
    const made = client({ connectTimeout: 100 });
    expect(await failing(made, `https://127.0.0.1:${port}`)).toMatchObject({
      failure: { code: 'timed-out', detail: `UND_ERR_CONNECT_TIMEOUT: 127.0.0.1:${port}` },
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
    const { writable } = keeper();
    expect(await failing(client(), server.url)).toMatchObject({ failure: { code: 'connection-lost' } });
    expect(await client().stream(get(server.url), () => writable)).toMatchObject({
      failure: { code: 'connection-lost' },
    });
    expect(writable.destroyed).toBe(true);
  });

  it('is connection-lost for an answer that is not HTTP', async () => {
    const odd = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9\r\n'));
    const port = await listenOnFreePort(odd);
    cleanups.push(() => odd.close());
    expect(await failing(client(), `http://127.0.0.1:${port}`)).toMatchObject({
      failure: { code: 'connection-lost' },
    });
  });
});

describe('a stream', () => {
  const body = Buffer.alloc(3_000_000, 'abcdefg');

  it('brings every byte, and resolves when the writable has ended', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-length': body.length, etag: '"1"' }).end(body);
    });
    const { writable, bytes } = keeper();
    const heads: unknown[] = [];
    const answer = await client().stream(get(server.url), (head) => {
      heads.push(head);
      return writable;
    });
    expect(answer).toMatchObject({ ok: true, value: { status: 200, headers: { etag: '"1"' } } });
    expect(heads).toEqual([answer.ok && answer.value]);
    expect(writable.writableFinished).toBe(true);
    expect(bytes().equals(body)).toBe(true);
  });

  it('follows redirects before it opens anything', async () => {
    const server = await http((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/file' }).end('a page');
      else response.end('the file');
    });
    const { writable, bytes } = keeper();
    await client().stream(get(server.url), () => writable);
    expect(bytes().toString()).toBe('the file');
  });

  it('takes no more than the writable can take', async () => {
    const chunk = Buffer.alloc(64 * 1024);
    const chunks = 1024;
    let sent = 0;
    const server = await http(async (request, response) => {
      if (request.url === '/ping') return void response.end();
      for (; sent < chunks; sent += 1) if (!response.write(chunk)) await once(response, 'drain');
      response.end();
    });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let received = 0;
    let most = 0;
    const slow: Writable = new Writable({
      highWaterMark: 64 * 1024,
      write(piece: Buffer, _encoding, done) {
        received += piece.length;
        most = Math.max(most, slow.writableLength);
        held.then(() => done());
      },
    });
    const made = client();
    const streaming = made.stream(get(`${server.url}/big`), () => slow);
    // By these, time has passed for both ends, as much as it took.
    for (let i = 0; i < 200; i += 1) await made.exchange(get(`${server.url}/ping`));
    expect(sent).toBeLessThan(chunks / 2);
    letGo();
    expect(await streaming).toMatchObject({ ok: true });
    expect(received).toBe(chunks * chunk.length);
    expect(most).toBeLessThan(4 * chunk.length);
  });

  it('rejects with an error of the writable itself, though the server is silent', async () => {
    const server = await http((_request, response) => {
      response.write('something');
    });
    const full = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error('disk full'));
      },
    });
    await expect(client().stream(get(server.url), () => full)).rejects.toThrow('disk full');
    await server.untilIdle();
  });

  it('rejects when the writable is closed by somebody else', async () => {
    const server = await http((_request, response) => {
      response.write('something');
    });
    const shut: Writable = new Writable({
      write(_chunk, _encoding, done) {
        done();
        shut.destroy();
      },
    });
    await expect(client().stream(get(server.url), () => shut)).rejects.toThrow();
    await server.untilIdle();
  });

  it('rejects and ends the connection when nothing can be opened', async () => {
    const server = await http((_request, response) => {
      response.write('something');
    });
    const budget = createConnectionBudget(1);
    const open = () => {
      throw new Error('no folder');
    };
    await expect(client({ budget }).stream(get(server.url), open)).rejects.toThrow('no folder');
    await server.untilIdle();
    expect(await budget.acquire()).not.toBeNull();
  });
});

describe('stopping', () => {
  const silent = () =>
    http((request, response) => {
      if (request.url === '/body') response.write('a beginning');
    });

  it('sends nothing when it comes first', async () => {
    const server = await silent();
    const signal = AbortSignal.abort();
    expect(await client().exchange(get(server.url, { signal }))).toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(server.accepted).toBe(0);
  });

  it('ends a wait for an answer at once, and its connection', async () => {
    const server = await silent();
    const controller = new AbortController();
    server.server.once('request', () => controller.abort());
    const answer = await client().exchange(get(server.url, { signal: controller.signal }));
    expect(answer).toMatchObject({ failure: { code: 'cancelled' } });
    await server.untilIdle();
  });

  it('ends a stream in the middle and closes its writable', async () => {
    const server = await silent();
    const controller = new AbortController();
    const writable = new Writable({
      write(_chunk, _encoding, done) {
        controller.abort();
        done();
      },
    });
    const answer = await client().stream(
      get(`${server.url}/body`, { signal: controller.signal }),
      () => writable,
    );
    expect(answer).toMatchObject({ failure: { code: 'cancelled' } });
    expect(writable.closed).toBe(true);
    await server.untilIdle();
  });

  it('ends a wait for a slot, and the others still get theirs', async () => {
    const server = await http((_request, response) => response.end('ok'));
    const budget = createConnectionBudget(1);
    const made = client({ budget });
    const release = await budget.acquire();
    const controller = new AbortController();
    const first = made.exchange(get(server.url, { signal: controller.signal }));
    const second = made.exchange(get(server.url));
    controller.abort();
    expect(await first).toMatchObject({ failure: { code: 'cancelled' } });
    release?.();
    expect(await second).toMatchObject({ value: { text: 'ok' } });
  });

  it('by closing ends everything, and later requests too', async () => {
    const server = await silent();
    const made = client();
    const arrived = once(server.server, 'request');
    const waiting = made.exchange(get(server.url));
    await arrived;
    await made.close();
    expect(await waiting).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await made.exchange(get(server.url))).toMatchObject({ failure: { code: 'cancelled' } });
    await server.untilIdle();
  });
});

describe('the budget of connections', () => {
  it('holds over lists and files, over clients, and through failures of every kind', async () => {
    let running = 0;
    let most = 0;
    const server = await http(async (request, response) => {
      running += 1;
      most = Math.max(most, running);
      response.on('close', () => {
        running -= 1;
      });
      // Long enough for others to come in meanwhile.
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (request.url === '/cut') request.socket.destroy();
      else if (request.url === '/moved') response.writeHead(302, { location: '/fine' }).end();
      else response.end('x'.repeat(100_000));
    });
    const budget = createConnectionBudget(3);
    const clients = [client({ budget }), client({ budget })];
    const paths = ['/fine', '/cut', '/moved', '/long'];
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const made = clients[i % 2] ?? client();
        const request = get(`${server.url}${paths[i % 4]}`);
        return i % 3 === 0
          ? made.stream(request, () => keeper().writable)
          : made.exchange(request, { maxBytes: i % 4 === 3 ? 10 : 1_000_000 });
      }),
    );
    expect(answers.filter((answer) => answer.ok)).not.toHaveLength(0);
    expect(answers.filter((answer) => !answer.ok)).not.toHaveLength(0);
    expect(most).toBe(3);
    await Promise.all([budget.acquire(), budget.acquire(), budget.acquire()]);
  });
});
