import type { Criteria } from '../../../../electron/contract/report.ts';
import type { Clock } from '../../../../electron/lib/clock.ts';
import type { HttpRequest } from '../../../../electron/network/http.ts';
import type { ListedFile, Provider } from '../../../../electron/providers/provider.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** An imitation of a service that runs, and how to sign in to it. */
export interface RunningSystem {
  readonly serverAddress: string;
  readonly fields: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What the suite needs to know of one system. */
export interface System {
  create(): Provider;
  /** Starts the imitation, with a year of data before the clock's time. */
  start(clock: Clock): Promise<RunningSystem>;
  /** In place of the good fields: what the service refuses. */
  readonly refusedFields: Readonly<Record<string, string>>;
  /** Typed addresses that are fine, besides the declared one. */
  readonly goodAddresses: readonly string[];
  /** Typed addresses that a password may not be sent to, besides those that no system takes. */
  readonly badAddresses: readonly string[];
  /** Criteria that find something for each report that is available, by its id. */
  readonly examples: Readonly<Record<string, (period: Period) => Criteria>>;
  /** The report whose files are downloaded. Its criteria list files that cover a period of days. */
  readonly reportId: string;
  /** The moment from which on the file holds something, and the one from which on no longer: milliseconds, UTC. */
  spanOf(file: ListedFile): readonly [number, number];
  /** The request that brings a file or a part of it, as opposed to signing in, listing or ordering. */
  bringsFile(request: HttpRequest): boolean;
  /** What must be asked once only however often the program ends; null for anything else. */
  askedOnce(request: HttpRequest): string | null;
  /** A sign-in that was stopped may wait so long for an answer that it has asked for: milliseconds. */
  readonly lingersMs?: number;
  /** So many requests for the file break off at first, where a file is made in several steps only then. */
  readonly breaksFirst?: number;
  /** What files are called in the end, where that is not known when they are listed. */
  readonly namedLater?: RegExp;
  /** The content without what is different each time that the service makes the file; left out: all of it is the same. */
  comparable?(content: Buffer): unknown;
  /** Checks the content by what the imitation has. Throws where it is another. */
  checkContent(content: Buffer, file: ListedFile, now: number): void;
}
