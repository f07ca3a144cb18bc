import { type Clock, systemClock } from '../lib/clock.ts';
import type { Connection, Route } from './connection.ts';
import { createSocketPlace, type SocketPlace } from './socket-place.ts';
import type { Stop } from './stop.ts';
import { createTurns, type RequestSize } from './turns.ts';

export interface ConnectionBudgetOptions {
  /** Places that are kept for small requests, so that a list never waits for a long file. Default 1. */
  readonly reserve?: number;
  /** Milliseconds from the end of a socket to the next one in its place. Default 100. */
  readonly linger?: number;
  readonly clock?: Clock;
}

/** One request on its way, over all its redirects. */
export interface Turn {
  /** The connection for the next step. The one of the step before is for others to use. */
  connect(route: Route): Connection;
  /** Lets the next request in. More calls do nothing. */
  end(): void;
}

/**
 * The sockets of one account, over everything that it does: never more than the budget are open at the same time,
 * those included that are being opened or closed, or kept alive for a next request. Shared by all its clients.
 */
export interface ConnectionBudget {
  /** Waits until the request may go; see `Turns.take` for the order. Null: stopped before. */
  begin(size: RequestSize, stop: Stop): Promise<Turn | null>;
  /** Closes what is kept alive for a next request, as after a change of network. */
  closeIdle(): void;
  /** Closes all connections of some routes, also those in use. Resolves when their sockets are closed. */
  close(routes: ReadonlySet<Route>): Promise<void>;
}

/** A place and what is in it. */
interface Slot {
  readonly place: SocketPlace;
  connection: Connection | null;
  inUse: boolean;
  /** The number of the use that was last. */
  usedAt: number;
}

export function createConnectionBudget(
  most = 20,
  { reserve = 1, linger = 100, clock = systemClock }: ConnectionBudgetOptions = {},
): ConnectionBudget {
  const turns = createTurns(most, reserve);
  const slots: Slot[] = Array.from({ length: most }, () => ({
    place: createSocketPlace({ clock, linger }),
    connection: null,
    inUse: false,
    usedAt: 0,
  }));
  let uses = 0;

  /** As many slots are in use as there are turns at most, so that one with a turn always finds a free one. */
  function occupy(route: Route): Slot {
    const slot = slots.filter(({ inUse }) => !inUse).reduce((a, b) => (isBetter(b, a, route) ? b : a));
    slot.inUse = true;
    slot.usedAt = ++uses;
    return slot;
  }

  function connectIn(slot: Slot, route: Route): Connection {
    const { connection, place } = slot;
    if (connection?.route === route && !connection.closed) return connection;
    void connection?.close();
    slot.connection = route.connect(place);
    return slot.connection;
  }

  return {
    async begin(size, stop) {
      const endTurn = await turns.take(size, stop);
      if (!endTurn) return null;
      let slot: Slot | null = null;
      const free = () => {
        if (slot) slot.inUse = false;
        slot = null;
      };
      return {
        connect(route) {
          free();
          slot = occupy(route);
          return connectIn(slot, route);
        },
        end() {
          free();
          endTurn();
        },
      };
    },

    closeIdle() {
      for (const { connection, inUse } of slots) if (!inUse) void connection?.close();
    },

    async close(routes) {
      const theirs = slots.filter(({ connection }) => connection && routes.has(connection.route));
      await Promise.all(theirs.map(({ connection }) => connection?.close()));
    },
  };
}

/**
 * Whether a free slot is better than another one for a route. Best is a connection of the route that is kept alive,
 * the one used last, which the server has had least time to close. Then a slot without a socket, the one that has
 * been so for longest. Else one whose connection is for another route, and has not been used for longest.
 */
function isBetter(one: Slot, other: Slot, route: Route): boolean {
  const rank = rankOf(one, route) - rankOf(other, route);
  if (rank !== 0) return rank > 0;
  return rankOf(one, route) === KEPT_ALIVE ? one.usedAt > other.usedAt : one.usedAt < other.usedAt;
}

const KEPT_ALIVE = 2;

function rankOf({ connection }: Slot, route: Route): number {
  if (!connection?.open) return 1;
  return connection.route === route ? KEPT_ALIVE : 0;
}
