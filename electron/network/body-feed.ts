import type { BodySink } from './http.ts';

/** The connection that a body comes from, as the feed handles it. */
export interface BodySource {
  /** Asks for no more until `goOn`; what is on its way may come all the same. */
  hold(): void;
  goOn(): void;
  /** The sink failed: nothing more is wanted. */
  giveUp(): void;
}

/** Gives a body to a sink, one call at a time, and holds its source back meanwhile. */
export interface BodyFeed {
  push(chunk: Buffer): void;
  /** The body is over. Resolves when the sink has ended; rejects with what the sink failed with, now or before. */
  end(): Promise<void>;
  /** The body broke off: the sink gets what has come and lets go. Rejects with what it failed with. */
  breakOff(): Promise<void>;
}

export function createBodyFeed(sink: BodySink, source: BodySource): BodyFeed {
  /** What came while the sink was busy, in order. */
  const held: Buffer[] = [];
  let busy = false;
  let broken: { readonly error: unknown } | null = null;
  /** Called when nothing is left to give. */
  let whenGiven: (() => void) | null = null;

  function fail(error: unknown): void {
    busy = false;
    broken = { error };
    held.length = 0;
    source.giveUp();
    whenGiven?.();
  }

  function give(chunk: Buffer): void {
    try {
      const taken = sink.take(chunk);
      if (!taken) return;
      busy = true;
      source.hold();
      taken.then(giveNext, fail);
    } catch (error) {
      fail(error);
    }
  }

  function giveNext(): void {
    busy = false;
    for (let next = held.shift(); next; next = busy ? undefined : held.shift()) give(next);
    if (busy || broken) return;
    if (whenGiven) whenGiven();
    else source.goOn();
  }

  async function given(): Promise<void> {
    if (busy) {
      await new Promise<void>((resolve) => {
        whenGiven = resolve;
      });
    }
    if (!broken) return;
    await sink.letGo();
    throw broken.error;
  }

  return {
    push(chunk) {
      if (broken) return;
      if (busy) held.push(chunk);
      else give(chunk);
    },
    async end() {
      await given();
      await sink.end();
    },
    async breakOff() {
      await given();
      await sink.letGo();
    },
  };
}
