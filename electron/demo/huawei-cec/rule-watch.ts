import type { IncomingHttpHeaders } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The one spelling that the documentation calls fixed. */
const CONTENT_TYPE = 'application/json; charset=UTF-8';

/** Of the event loop, for a connection to be made and its request to arrive. */
const TURNS = 10;

/** Keeps an eye on what a client has to do although a server may well put up with it. */
export function createRuleWatch() {
  const broken: string[] = [];
  const open = new Map<string, number>();
  return {
    /** What was not kept to, in words. */
    broken: broken as readonly string[],
    /** A call came in. */
    begin(call: string, headers: IncomingHttpHeaders): void {
      open.set(call, (open.get(call) ?? 0) + 1);
      if (headers['content-type'] !== CONTENT_TYPE) broken.push(`content type ${headers['content-type']}`);
    },
    /**
     * It is about to be answered, when others that were sent at the same time have come in too. One of a kind at a time:
     * that there are limits is known, what they are is not.
     */
    async answer(call: string): Promise<void> {
      for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
      const at = open.get(call) ?? 0;
      if (at > 1) broken.push(`${at} calls of ${call} at a time`);
    },
    /** Its answer is over, or was left. */
    end(call: string): void {
      open.set(call, (open.get(call) ?? 1) - 1);
    },
  };
}
