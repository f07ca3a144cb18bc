import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';

const program = join(import.meta.dirname, '../../../build/bench/delay-proxy.ts');
const sent = Buffer.concat(
  Array.from({ length: 40_000 }, (_, number) => createHash('sha256').update(`${number}`).digest()),
);

/** Answers, once it has heard everything, with the same bytes. */
async function echo(): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, async (socket) => socket.end(await buffer(socket)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startProxy(upstreamPort: number): Promise<number> {
  const proxy = fork(program, [String(upstreamPort), '4']);
  onTestFinished(async () => {
    const ended = once(proxy, 'exit');
    proxy.disconnect();
    await ended;
  });
  const [{ port }] = await once(proxy, 'message');
  return port;
}

it('the delayed line carries every byte in both directions, and the end of each', async () => {
  const port = await startProxy(await echo());
  const sockets = [1, 2, 3].map(() => connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
  const heard = await Promise.all(
    sockets.map((socket) => {
      socket.end(sent);
      return buffer(socket);
    }),
  );
  for (const bytes of heard) expect(bytes.equals(sent)).toBe(true);
});

it('the delayed line closes a connection that the server refuses', async () => {
  const port = await startProxy(1);
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});
