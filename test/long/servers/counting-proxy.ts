/** Stands in front of a server and counts the connections that it gets, as the server sees them. */
import { connect, createServer, type Socket } from 'node:net';
import { listenOnFreePort } from '../../fakes/loopback-server.ts';

export interface CountingProxy {
  readonly origin: string;
  /** The most that were open at once, and how many there were in all. */
  readonly most: number;
  readonly accepted: number;
  close(): Promise<void>;
}

/**
 * A connection counts until its client has ended it. One counts from when everything has been dealt with that came
 * before it, the end of another one for instance.
 */
export async function startCountingProxy(port: number): Promise<CountingProxy> {
  const open = new Set<Socket>();
  let most = 0;
  let accepted = 0;

  const server = createServer((near) => {
    accepted += 1;
    open.add(near);
    const leave = () => open.delete(near);
    near.on('end', leave).on('close', leave);
    setImmediate(() =>
      setImmediate(() => {
        most = Math.max(most, open.size);
      }),
    );
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  const ownPort = await listenOnFreePort(server);

  return {
    origin: `http://127.0.0.1:${ownPort}`,
    get most() {
      return most;
    },
    get accepted() {
      return accepted;
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
