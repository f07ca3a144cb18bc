import { connect, createServer, type Socket } from 'node:net';
import { listenOnFreePort } from './loopback-server.ts';

export interface Relay {
  /** `https://127.0.0.1:port`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Passes connections on to a port of this computer, so that a service that is started anew is where it was. */
export async function startRelay(target: () => number): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((inward) => {
    const outward = connect(target(), '127.0.0.1');
    for (const [socket, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const port = await listenOnFreePort(server);
  return {
    address: `https://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
