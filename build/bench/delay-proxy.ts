/*
 * A long line on loopback, as a process of its own: carries TCP connections to another port, each byte half a round
 * trip later than it came, in both directions, and lets a new connection wait the round trip that its handshake would
 * take. Nothing limits the speed but how much may be on the way.
 * Arguments: the port to carry to, the round trip in milliseconds. Tells its own port once it listens; asked for
 * anything, it answers with the processor time that it has used so far.
 */
import { connect, createServer, type Socket } from 'node:net';

/** What the proxy tells its parent. Processor time in seconds. */
export type ProxyMessage = { readonly port: number } | { readonly cpuSeconds: number };

/** Bytes on the way in one direction of one connection: enough for 400 MB/s on one connection. */
const MOST_ON_THE_WAY = 8 * 1024 * 1024;

interface Parcel {
  /** When it arrives, by `performance.now`. */
  readonly at: number;
  /** Null: the end of what the sender had to say. */
  readonly bytes: Buffer | null;
}

/** Carries what `from` sends to `to`, `delay` ms later, and nothing before `opens`. */
function carry(from: Socket, to: Socket, delay: number, opens: number): void {
  const parcels: Parcel[] = [];
  let onTheWay = 0;
  /** Set while a delivery waits for the time of its parcel; `isFull` while it waits for `to` to take more. */
  let timer: NodeJS.Timeout | undefined;
  let isFull = false;

  function take(bytes: Buffer | null): void {
    parcels.push({ at: Math.max(performance.now(), opens) + delay, bytes });
    onTheWay += bytes?.length ?? 0;
    if (onTheWay > MOST_ON_THE_WAY) from.pause();
    if (!isFull) timer ??= setTimeout(deliver, untilNext());
  }

  /** Timers fire up to a millisecond late, never early. */
  const untilNext = () => Math.max(0, Math.floor((parcels[0]?.at ?? 0) - performance.now()));

  function deliver(): void {
    timer = undefined;
    isFull = to.writableNeedDrain;
    if (isFull) {
      to.once('drain', deliver);
      return;
    }
    const now = performance.now();
    const due = parcels.findIndex(({ at }) => at > now);
    to.cork();
    for (const { bytes } of parcels.splice(0, due < 0 ? parcels.length : due)) {
      if (bytes === null) to.end();
      else to.write(bytes);
      onTheWay -= bytes?.length ?? 0;
    }
    to.uncork();
    if (from.isPaused() && onTheWay <= MOST_ON_THE_WAY / 2) from.resume();
    if (parcels.length > 0) timer = setTimeout(deliver, untilNext());
  }

  from.on('data', take);
  from.on('end', () => take(null));
  from.on('close', () => {
    if (!from.readableEnded) to.destroy();
  });
  from.on('error', () => to.destroy());
  to.on('close', () => clearTimeout(timer));
}

function serve(upstreamPort: number, roundTrip: number): void {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ port: upstreamPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const opens = performance.now() + roundTrip;
    carry(near, far, roundTrip / 2, opens);
    carry(far, near, roundTrip / 2, opens);
  });
  const tell = (message: ProxyMessage) => process.send?.(message);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) tell({ port: address.port });
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    tell({ cpuSeconds: (user + system) / 1e6 });
  });
  process.on('disconnect', () => process.exit());
}

const [upstreamPort, roundTrip] = process.argv.slice(2).map(Number);
if (upstreamPort !== undefined && roundTrip !== undefined) serve(upstreamPort, roundTrip);
