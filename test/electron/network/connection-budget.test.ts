import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  type ConnectionBudget,
  createConnectionBudget,
} from '../../../electron/network/connection-budget.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { certificate } from '../../fakes/loopback-certificates.ts';
import type { LoopbackServer } from '../../fakes/loopback-server.ts';
import { createLatch, createRecordingSink } from '../../fakes/recording-sink.ts';
import { client as connect, get, http, tls } from './with-http.ts';

const client = (budget: ConnectionBudget) => connect({ budget, certificates: () => [certificate] });

/** Counts the connections that are open at several servers at the same time. */
function countOpen(servers: readonly LoopbackServer[]) {
  let most = 0;
  const look = () => {
    most = Math.max(
      most,
      servers.reduce((sum, { open }) => sum + open, 0),
    );
  };
  for (const { server } of servers) server.on('connection', look);
  return { most: () => most };
}

/** A server whose answers the test gives one by one. */
async function heldServer() {
  const waiting: { readonly path: string; readonly response: ServerResponse }[] = [];
  const server = await http((request, response) => waiting.push({ path: request.url ?? '', response }));
  return {
    server,
    /** The paths that were asked for and not answered yet, once there are so many. */
    async asked(count: number) {
      while (waiting.length < count) await once(server.server, 'request');
      return waiting.map(({ path }) => path);
    },
    answer: () => waiting.shift()?.response.end('ok'),
  };
}

describe('the sockets of an account', () => {
  it('are never more than its budget, over hosts and clients, and through failures of every kind', async () => {
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const listener = async (request: IncomingMessage, response: ServerResponse) => {
      // Long enough for others to come in meanwhile.
      await turns(20);
      if (request.url === '/cut') request.socket.destroy();
      else if (request.url === '/half') {
        response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy());
      } else if (request.url === '/moved') {
        const [other] = servers.filter(({ host }) => host !== request.headers.host);
        response.writeHead(302, { location: `${other?.url}/fine` }).end();
      } else if (request.url === '/close') response.writeHead(200, { connection: 'close' }).end('ok');
      else response.end('x'.repeat(100_000));
    };
    const servers = [await http(listener), await http(listener), await tls(listener)];
    const counted = countOpen(servers);
    const budget = createConnectionBudget(3);
    const clients = [client(budget), client(budget)];
    const paths = ['/fine', '/cut', '/moved', '/half', '/close', '/fine', '/aborted'];
    const answers = await Promise.all(
      Array.from({ length: 84 }, async (_, i) => {
        const made = clients[i % 2] ?? client(budget);
        const path = paths[i % paths.length] ?? '/';
        const controller = new AbortController();
        const request = get(`${servers[i % 3]?.url}${path}`, { signal: controller.signal });
        const sink = createRecordingSink(() => void (path === '/aborted' && controller.abort()));
        if (i % 4 === 0) return made.exchange(request, { maxBytes: i % 8 === 0 ? 10 : 1_000_000 });
        return made.stream(request, () => sink);
      }),
    );
    const codes = new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code)));
    expect(codes).toEqual(new Set(['ok', 'connection-lost', 'cancelled', 'unusable-answer']));
    expect(counted.most()).toBe(3);
  });

  it('count while they are kept alive: the one used longest ago makes room for another host', async () => {
    const servers = await Promise.all(
      [1, 2, 3].map((n) => http((_request, response) => response.end(`${n}`))),
    );
    const counted = countOpen(servers);
    const made = client(createConnectionBudget(2));
    const ask = async (n: number) => made.exchange(get(servers[n]?.url ?? ''));
    await ask(0);
    await ask(1);
    await ask(0);
    expect(await ask(2)).toMatchObject({ value: { text: '3' } });
    expect(servers.map(({ open }) => open)).toEqual([1, 0, 1]);
    await ask(0);
    expect(servers.map(({ accepted }) => accepted)).toEqual([1, 1, 1]);
    expect(counted.most()).toBe(2);
  });

  it('serve the redirects of as many requests as there are sockets', async () => {
    const files = await http((_request, response) => response.end('the file'));
    const lists = await http((_request, response) => {
      response.writeHead(302, { location: files.url }).end();
    });
    const counted = countOpen([files, lists]);
    const made = client(createConnectionBudget(2, { reserve: 0 }));
    const sinks = Array.from({ length: 6 }, () => createRecordingSink());
    await Promise.all(sinks.map((sink) => made.stream(get(lists.url), () => sink)));
    expect(sinks.map((sink) => sink.bytes().toString())).toEqual(Array(6).fill('the file'));
    expect(counted.most()).toBe(2);
  });

  it('are opened in the place of closed ones only after a while, for servers that count late', async () => {
    const server = await http((request, response) => {
      if (request.url === '/silent') response.write('a beginning');
      else response.end('ok');
    });
    const clock = createFakeClock();
    const made = client(createConnectionBudget(1, { clock, linger: 100 }));
    const controller = new AbortController();
    const sink = createRecordingSink(() => void controller.abort());
    await made.stream(get(`${server.url}/silent`, { signal: controller.signal }), () => sink);
    const next = made.exchange(get(server.url));
    await clock.untilSleeping();
    await clock.advance(99);
    expect(server.accepted).toBe(1);
    await clock.advance(1);
    expect(await next).toMatchObject({ value: { text: 'ok' } });
    expect(server.accepted).toBe(2);
  });

  it('that nobody uses are closed on demand, and only those', async () => {
    const held = await heldServer();
    const budget = createConnectionBudget(2);
    const made = client(budget);
    const [first, second] = [made.exchange(get(held.server.url)), made.exchange(get(held.server.url))];
    await held.asked(2);
    held.answer();
    await Promise.race([first, second]);
    budget.closeIdle();
    while (held.server.open > 1) await new Promise((resolve) => setImmediate(resolve));
    held.answer();
    expect(await Promise.all([first, second])).toMatchObject(Array(2).fill({ value: { text: 'ok' } }));
    expect(held.server).toMatchObject({ accepted: 2, open: 1 });
  });

  it('are closed with their client, those of another client are not', async () => {
    const server = await http((_request, response) => response.end('ok'));
    const budget = createConnectionBudget(4);
    const [one, other] = [client(budget), client(budget)];
    await one.exchange(get(server.url));
    await other.exchange(get(server.url));
    await one.close();
    await other.exchange(get(server.url));
    expect(server).toMatchObject({ accepted: 2, open: 1 });
  });
});

describe('the order of requests', () => {
  it('is lists before files, whoever came first', async () => {
    const held = await heldServer();
    const made = client(createConnectionBudget(1));
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const sink = () => createRecordingSink();
    const all = [
      made.stream(get(`${held.server.url}/a`), sink).then(note('a')),
      made.stream(get(`${held.server.url}/b`), sink).then(note('b')),
      made.exchange(get(`${held.server.url}/list`)).then(note('list')),
    ];
    for (const _ of all) {
      await held.asked(1);
      held.answer();
    }
    await Promise.all(all);
    expect(order).toEqual(['a', 'list', 'b']);
  });

  it('never lets files take the last socket, unless nothing is reserved', async () => {
    const held = await heldServer();
    const made = client(createConnectionBudget(2));
    const files = ['/a', '/b'].map((path) =>
      made.stream(get(held.server.url + path), () => createRecordingSink()),
    );
    expect(await held.asked(1)).toEqual(['/a']);
    const list = made.exchange(get(`${held.server.url}/list`));
    expect(await held.asked(2)).toEqual(['/a', '/list']);
    held.answer();
    held.answer();
    await held.asked(1);
    held.answer();
    await Promise.all([...files, list]);

    const greedy = client(createConnectionBudget(2, { reserve: 0 }));
    const more = ['/c', '/d'].map((path) =>
      greedy.stream(get(held.server.url + path), () => createRecordingSink()),
    );
    expect(await held.asked(2)).toEqual(['/c', '/d']);
    held.answer();
    held.answer();
    await Promise.all(more);
  });

  it('lets whoever gives up leave at once', async () => {
    const held = await heldServer();
    const made = client(createConnectionBudget(1));
    const first = made.exchange(get(held.server.url));
    await held.asked(1);
    const controller = new AbortController();
    const left = createLatch();
    void made
      .stream(get(held.server.url, { signal: controller.signal }), () => createRecordingSink())
      .then(left.open);
    controller.abort();
    await left.opened;
    held.answer();
    expect(await first).toMatchObject({ value: { text: 'ok' } });
  });
});
