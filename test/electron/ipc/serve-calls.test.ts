import { describe, expect, it } from 'vitest';
import { callNames, channelOf } from '../../../electron/contract/calls.ts';
import { ok } from '../../../electron/contract/result.ts';
import { type Handlers, serveCalls } from '../../../electron/ipc/serve-calls.ts';
import { APP_ORIGIN, isTrustedSender, type SenderFrame } from '../../../electron/ipc/trusted-sender.ts';

const ownPage: SenderFrame = { url: `${APP_ORIGIN}/index.html`, parent: null };
const refuse = () => {
  throw new Error('secret inside');
};

/** Handlers that all answer null, but for those given. */
function handlersWith(special: Partial<{ add: Handlers['downloads']['add']; list: () => never }>): Handlers {
  const all = Object.fromEntries(
    Object.entries(callNames).map(([area, names]) => [
      area,
      Object.fromEntries(names.map((name) => [name, () => ok(null)])),
    ]),
  ) as unknown as Handlers;
  return { ...all, downloads: { ...all.downloads, ...special } };
}

function serve(handlers: Handlers) {
  const channels = new Map<string, (frame: SenderFrame | null, input: unknown) => Promise<unknown>>();
  const bugs: string[] = [];
  serveCalls(
    {
      handle: (channel, listener) => {
        channels.set(channel, (frame, input) => listener({ senderFrame: frame }, input));
      },
    },
    handlers,
    (call) => bugs.push(call),
  );
  const call = (area: string, name: string, input: unknown, frame: SenderFrame | null = ownPage) =>
    channels.get(channelOf(area, name))?.(frame, input);
  return { channels, bugs, call };
}

describe('serving calls', () => {
  it('serves every call of the contract', () => {
    const { channels } = serve(handlersWith({}));
    const all = Object.entries(callNames).flatMap(([area, names]) =>
      names.map((name) => channelOf(area, name)),
    );
    expect([...channels.keys()].sort()).toEqual(all.sort());
  });

  it('refuses to start with a call that nothing serves', () => {
    const handlers = handlersWith({});
    const { list: _, ...rest } = handlers.downloads;
    const lacking = { ...handlers, downloads: rest } as unknown as Handlers;
    expect(() => serve(lacking)).toThrow('downloads.list');
  });

  it('hands a fitting input to the handler and its answer back', async () => {
    const { call } = serve(
      handlersWith({ add: ({ fileIds }) => ok({ added: fileIds.length, alreadyQueued: 0 }) }),
    );
    const answer = await call('downloads', 'add', { listingId: 'l', fileIds: ['a', 'b'], folder: '/tmp' });
    expect(answer).toEqual({ ok: true, value: { added: 2, alreadyQueued: 0 } });
  });

  it('answers an input that does not fit with bad-input, without the handler', async () => {
    let called = false;
    const { call } = serve(
      handlersWith({
        add: () => {
          called = true;
          return ok({ added: 0, alreadyQueued: 0 });
        },
      }),
    );
    expect(await call('downloads', 'add', { listingId: 5 })).toMatchObject({
      failure: { code: 'bad-input' },
    });
    expect(called).toBe(false);
  });

  it.each([
    ['a foreign page', { url: 'https://example.com/', parent: null }],
    ['a look-alike host', { url: 'app://cdr-desk.evil/', parent: null }],
    ['a frame inside our page', { url: `${APP_ORIGIN}/index.html`, parent: {} }],
    ['a frame that is gone', null],
  ])('answers %s with untrusted-sender', async (_who, frame) => {
    const { call } = serve(handlersWith({}));
    expect(isTrustedSender(frame)).toBe(false);
    expect(await call('account', 'state', undefined, frame)).toMatchObject({
      failure: { code: 'untrusted-sender' },
    });
  });

  it('answers a bug with unexpected, and tells only the log what it was', async () => {
    const { call, bugs } = serve(handlersWith({ list: refuse }));
    const answer = await call('downloads', 'list', { after: null });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'unexpected' } });
    expect(JSON.stringify(answer)).not.toContain('secret inside');
    expect(bugs).toEqual(['downloads.list']);
  });
});
