import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import { listenOnFreePort } from '../../fakes/loopback-server.ts';
import { createLatch, createRecordingSink } from '../../fakes/recording-sink.ts';
import { client, closing, get, http } from './with-http.ts';

describe('a stream', () => {
  const body = Buffer.alloc(3_000_000, 'abcdefg');

  it('brings every byte, and resolves when the sink has ended', async () => {
    const server = await http((_request, response) => {
      response.writeHead(200, { 'content-length': body.length, etag: '"1"' }).end(body);
    });
    const sink = createRecordingSink();
    const heads: unknown[] = [];
    const answer = await client().stream(get(server.url), (head) => {
      heads.push(head);
      return sink;
    });
    expect(answer).toMatchObject({ ok: true, value: { status: 200, headers: { etag: '"1"' } } });
    expect(heads).toEqual([answer.ok && answer.value]);
    expect(sink.state).toBe('ended');
    expect(sink.bytes().equals(body)).toBe(true);
  });

  it.each(['chunked', 'to be closed', 'of known length'])(
    'brings every byte in order and one call at a time to a sink that holds it back (%s)',
    async (kind) => {
      const server = await http((_request, response) => {
        if (kind === 'of known length') response.setHeader('content-length', body.length);
        if (kind === 'to be closed') response.setHeader('connection', 'close');
        for (let at = 0; at < body.length; at += 50_000) response.write(body.subarray(at, at + 50_000));
        response.end();
      });
      const sink = createRecordingSink(() => new Promise((resolve) => setImmediate(resolve)));
      expect(await client().stream(get(server.url), () => sink)).toMatchObject({ ok: true });
      expect(sink.state).toBe('ended');
      expect(sink.bytes().equals(body)).toBe(true);
    },
  );

  it('follows redirects before it opens anything', async () => {
    const server = await http((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/file' }).end('a page');
      else response.end('the file');
    });
    const sink = createRecordingSink();
    const made = client();
    await made.stream(get(server.url), () => sink);
    expect(sink.bytes().toString()).toBe('the file');
    expect(server.accepted).toBe(1);
  });

  it('follows a redirect whose own body is endless or broken', async () => {
    const server = await http((request, response) => {
      if (request.url === '/file') return void response.end('the file');
      response.writeHead(302, { location: request.url === '/' ? '/broken' : '/file' });
      if (request.url === '/broken') return void response.write('half', () => request.socket.destroy());
      const more = () => {
        while (!request.socket.destroyed && response.write(body)) {}
      };
      response.on('drain', more);
      more();
    });
    const sink = createRecordingSink();
    expect(await client().stream(get(server.url), () => sink)).toMatchObject({ ok: true });
    expect(sink.bytes().toString()).toBe('the file');
  });

  it('is not opened for the early hints of a server', async () => {
    const server = await http((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => response.end('the file'));
    });
    const statuses: number[] = [];
    await client().stream(get(server.url), ({ status }) => {
      statuses.push(status);
      return createRecordingSink();
    });
    expect(statuses).toEqual([200]);
  });

  it('takes no more than the sink can take', async () => {
    const chunk = Buffer.alloc(64 * 1024);
    const chunks = 1024;
    let sent = 0;
    const server = await http(async (request, response) => {
      if (request.url === '/ping') return void response.end();
      for (; sent < chunks; sent += 1) if (!response.write(chunk)) await once(response, 'drain');
      response.end();
    });
    const latch = createLatch();
    const sink = createRecordingSink(() => latch.opened);
    const made = client();
    const streaming = made.stream(get(`${server.url}/big`), () => sink);
    // By these, time has passed for both ends, as much as it took.
    for (let i = 0; i < 200; i += 1) await made.exchange(get(`${server.url}/ping`));
    expect(sent).toBeLessThan(chunks / 2);
    expect(sink.bytes().length).toBeLessThanOrEqual(chunk.length);
    latch.open();
    expect(await streaming).toMatchObject({ ok: true });
    expect(sink.bytes().length).toBe(chunks * chunk.length);
  });

  it('is whole with its last byte, though the connection breaks while the sink is still busy with it', async () => {
    const server = await http((request, response) => {
      if (request.url === '/ping') return void response.end();
      response.writeHead(200, { 'content-length': 4 }).end('last', () => request.socket.resetAndDestroy());
    });
    const made = client();
    const sink = createRecordingSink(async () => {
      await server.untilIdle();
      // By this, the client has seen it too.
      await made.exchange(get(`${server.url}/ping`));
    });
    expect(await made.stream(get(server.url), () => sink)).toMatchObject({ ok: true });
    expect(sink.state).toBe('ended');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('rejects when the sink %s, though the server is silent', async (_how, take) => {
    const server = await http((_request, response) => {
      response.write('something');
    });
    const sink = createRecordingSink(take);
    await expect(client().stream(get(server.url), () => sink)).rejects.toThrow('disk full');
    expect(sink.state).toBe('let go');
    await server.untilIdle();
  });

  it('rejects when the sink cannot end, and does not use it further', async () => {
    const server = await http((_request, response) => response.end('all'));
    const sink = createRecordingSink();
    const end = async () => {
      await sink.end();
      throw new Error('disk full');
    };
    await expect(client().stream(get(server.url), () => ({ ...sink, end }))).rejects.toThrow('disk full');
    expect(sink.state).toBe('ended');
  });

  it('rejects and ends the connection when nothing can be opened', async () => {
    const server = await http((request, response) => {
      if (request.url === '/') response.write('something');
      else response.end('next');
    });
    const made = client({ budget: createConnectionBudget(1) });
    const open = () => {
      throw new Error('no folder');
    };
    await expect(made.stream(get(server.url), open)).rejects.toThrow('no folder');
    await server.untilIdle();
    expect(await made.exchange(get(`${server.url}/next`))).toMatchObject({ value: { text: 'next' } });
  });

  it('resolves only when the sink has let go', async () => {
    const server = await http((request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => request.socket.destroy());
    });
    const latch = createLatch();
    const sink = createRecordingSink();
    const order: string[] = [];
    const letGo = async () => {
      queueMicrotask(latch.open);
      await latch.opened;
      order.push('let go');
    };
    await client().stream(get(server.url), () => ({ ...sink, letGo }));
    order.push('resolved');
    expect(order).toEqual(['let go', 'resolved']);
  });
});

describe('the longest silence within a body', () => {
  /** Sends a first part, and a second one when asked for `/more`. */
  async function inTwoParts() {
    const more = createLatch();
    const server = await http(async (request, response) => {
      response.write('first');
      if (request.url === '/silent') return;
      await more.opened;
      response.end('second');
    });
    return { server, more };
  }

  /** Resolves when as much time has passed as a silence may last. */
  async function aSilence(made: HttpClient, url: string) {
    const answer = await made.stream(get(`${url}/silent`), () => createRecordingSink());
    expect(answer).toMatchObject({ failure: { code: 'timed-out' } });
  }

  it('does not pass while the sink holds the body back', async () => {
    const { server, more } = await inTwoParts();
    const made = client({ idleTimeout: 100 });
    const latch = createLatch();
    const sink = createRecordingSink(() => latch.opened);
    const streaming = made.stream(get(server.url), () => sink);
    await aSilence(made, server.url);
    await aSilence(made, server.url);
    expect(sink.state).toBe('busy');
    more.open();
    latch.open();
    expect(await streaming).toMatchObject({ ok: true });
    expect(sink.bytes().toString()).toBe('firstsecond');
  });

  it('begins anew when the sink goes on', async () => {
    const { server } = await inTwoParts();
    const made = client({ idleTimeout: 100 });
    const latch = createLatch();
    const sink = createRecordingSink(() => latch.opened);
    const streaming = made.stream(get(server.url), () => sink);
    await aSilence(made, server.url);
    latch.open();
    expect(await streaming).toMatchObject({ failure: { code: 'timed-out' } });
    expect(sink.state).toBe('let go');
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

  it('ends a stream in the middle, and its sink lets go', async () => {
    const server = await silent();
    const controller = new AbortController();
    const sink = createRecordingSink(() => void controller.abort());
    const answer = await client().stream(
      get(`${server.url}/body`, { signal: controller.signal }),
      () => sink,
    );
    expect(answer).toMatchObject({ failure: { code: 'cancelled' } });
    expect(sink.state).toBe('let go');
    await server.untilIdle();
  });

  it('ends a stream that is held back as soon as its sink is done with what it has', async () => {
    const server = await silent();
    const controller = new AbortController();
    const latch = createLatch();
    const sink = createRecordingSink(() => latch.opened);
    const { signal } = controller;
    const streaming = client().stream(get(`${server.url}/body`, { signal }), () => {
      queueMicrotask(() => controller.abort());
      return sink;
    });
    await server.untilIdle();
    latch.open();
    expect(await streaming).toMatchObject({ failure: { code: 'cancelled' } });
    expect(sink.state).toBe('let go');
  });

  it('ends a connection that is still being made, and gives its place to the next', async () => {
    const arrived = createLatch();
    const mute = createServer((socket) => {
      socket.on('error', () => {}).on('close', closed.open);
      arrived.open();
    });
    const closed = createLatch();
    const port = await listenOnFreePort(mute);
    closing(mute);
    const server = await http((_request, response) => response.end('next'));
    const made = client({ budget: createConnectionBudget(1) });
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = made.exchange(get(`https://127.0.0.1:${port}`, { signal }));
    const next = made.exchange(get(server.url));
    await arrived.opened;
    controller.abort();
    expect(await waiting).toMatchObject({ failure: { code: 'cancelled' } });
    await closed.opened;
    expect(await next).toMatchObject({ value: { text: 'next' } });
  });

  it('ends a wait for a turn, and the others still get theirs', async () => {
    const server = await http((request, response) => {
      if (request.url === '/held') held.opened.then(() => response.end('held'));
      else response.end('ok');
    });
    const held = createLatch();
    const made = client({ budget: createConnectionBudget(1) });
    const controller = new AbortController();
    const before = made.exchange(get(`${server.url}/held`));
    const first = made.exchange(get(server.url, { signal: controller.signal }));
    const second = made.exchange(get(server.url));
    controller.abort();
    expect(await first).toMatchObject({ failure: { code: 'cancelled' } });
    held.open();
    expect(await before).toMatchObject({ value: { text: 'held' } });
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
