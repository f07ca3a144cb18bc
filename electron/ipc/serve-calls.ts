import type { z } from 'zod';
import { callInputs } from '../contract/call-inputs.ts';
import { type Area, type CallName, type Calls, callNames, channelOf } from '../contract/calls.ts';
import { failure } from '../contract/failure.ts';
import { failed, type Result } from '../contract/result.ts';
import { isTrustedSender, type SenderFrame } from './trusted-sender.ts';

type Answer<T> = Result<T> | Promise<Result<T>>;
type HandlerOf<F> = F extends () => infer O
  ? () => Answer<O>
  : F extends (input: infer I) => infer O
    ? (input: I) => Answer<O>
    : never;

/** What answers each call of one area. */
export type AreaHandlers<A extends Area> = { readonly [C in CallName<A>]: HandlerOf<Calls[A][C]> };
export type Handlers = { readonly [A in Area]: AreaHandlers<A> };

/** The part of Electron's `ipcMain` that serving needs. */
export interface CallReceiver {
  handle(
    channel: string,
    listener: (event: { readonly senderFrame: SenderFrame | null }, input: unknown) => Promise<unknown>,
  ): void;
}

/**
 * Any handler, whatever its input. Declared as a method so that each handler fits: the input's type is vouched
 * for by the schema that stands under the same name in `callInputs`.
 */
type AnyHandler = { handle(input: unknown): Answer<unknown> }['handle'];
type ByCall<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/**
 * Serves every call of the contract: trusted sender, then input schema, then handler. Each answer is a
 * `Result`; what a handler throws is a bug, answered as `unexpected` and handed to `onBug`.
 */
export function serveCalls(
  receiver: CallReceiver,
  handlers: Handlers,
  onBug: (call: string, error: unknown) => void,
): void {
  const schemas: ByCall<z.ZodType> = callInputs;
  const anyHandlers: ByCall<AnyHandler> = handlers;
  for (const [area, names] of Object.entries(callNames)) {
    for (const name of names) {
      const schema = schemas[area]?.[name];
      const handler = anyHandlers[area]?.[name];
      if (!schema || !handler) throw new TypeError(`nothing serves ${area}.${name}`);
      serveCall(`${area}.${name}`, channelOf(area, name), schema, handler);
    }
  }

  function serveCall(call: string, channel: string, schema: z.ZodType, handler: AnyHandler): void {
    receiver.handle(channel, async (event, input) => {
      if (!isTrustedSender(event.senderFrame)) return failed(failure('untrusted-sender', call));
      const parsed = schema.safeParse(input);
      if (!parsed.success) return failed(failure('bad-input', `${call}: ${parsed.error.message}`));
      try {
        return await handler(parsed.data);
      } catch (error) {
        onBug(call, error);
        return failed(failure('unexpected', `${call}: ${error instanceof Error ? error.name : 'error'}`));
      }
    });
  }
}
