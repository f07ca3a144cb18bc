/** Plays one fault against the engine: real sockets and files, the provider's own reading of refusals, a fake clock. */
import { createServer } from 'node:net';
import { expect } from 'vitest';
import { ok } from '../../../../electron/contract/result.ts';
import type { FileReference } from '../../../../electron/downloads/file-source.ts';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import { createHttpClient } from '../../../../electron/network/http-client.ts';
import { explainFile } from '../../../../electron/providers/cisco-cca/explain-answer.ts';
import { type Engine, startEngine } from '../../../fakes/download-engine.ts';
import { startFileServer } from '../../../fakes/file-server.ts';
import { listenOnFreePort, serveTls } from '../../../fakes/loopback-server.ts';
import { content, type Ending, type FaultRow, HELD, type Places } from './rows.ts';

/** Milliseconds of silence that end a request where nobody should wait for it. */
const SHORT_SILENCE = 1000;
/** More than any policy would send. */
const ALWAYS = 20;

/** The servers beside the engine's own. */
async function openPlaces(origin: string) {
  const second = await startFileServer();
  second.serve('/a.csv', { content });
  const reset = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.resetAndDestroy());
  });
  const resetPort = await listenOnFreePort(reset);
  const unknown = await serveTls((_request, response) => response.end());
  const places: Places = {
    origin,
    other: second.origin,
    untrusted: second.origin.replace('127.0.0.1', 'localhost'),
    tlsReset: `https://127.0.0.1:${resetPort}`,
    tlsUnknown: unknown.url,
  };
  return {
    places,
    second,
    async close() {
      await Promise.all([second.close(), unknown.close(), new Promise((resolve) => reset.close(resolve))]);
    },
  };
}

/** Answers with how the download ended. Fails when a wrong file is under its final name, at any time. */
export async function play(row: FaultRow, how: 'fresh' | 'resumed'): Promise<Ending> {
  const engine = await startEngine();
  const { places, second, close } = await openPlaces(engine.server.origin);
  try {
    const reference = prepare(engine, row);
    const id = how === 'resumed' ? await engine.pausedAt(reference, HELD) : 0;
    const before = engine.server.requests.length;
    arm(engine, row, reference, places, id);
    const begun = id || ((await engine.add(armed(row, reference, places)))[0] ?? 0);
    if (id) await engine.manager.resume([id]);
    await end(engine, row, begun);
    await checkWhatIsLeft(engine, row, begun);
    const { attempts, failure, state } = engine.download(begun);
    const requests = engine.server.requests.slice(before);
    checkWait(row, requests);
    return {
      end: failure?.code ?? (state === 'done' ? 'done' : 'unexpected'),
      attempts: attempts - (id ? 1 : 0),
      requests: requests.length + second.requests.length,
    };
  } finally {
    await engine.close();
    await close();
    expect(engine.bugs).toEqual([]);
  }
}

/** Serves the file, and has the engine read refusals as Cisco's provider does. */
function prepare(engine: Engine, row: FaultRow): FileReference {
  const { source, clock } = engine;
  const reference = engine.file('a.csv', { content, ...row.served }, row.listed);
  const fresh = engine.server.serve('/fresh.csv', { content });
  engine.server.serve('/moved.csv', { content });
  source.explain = (file, answer) => explainFile(file, answer, clock.now());
  source.findAgain = async (listed) => {
    if (row.listedAgain === 'same') return ok(listed);
    return ok(row.listedAgain === 'fresh' ? { ...listed, link: fresh } : null);
  };
  const { request } = source;
  source.request = async (...input) => {
    const asked = await request(...input);
    return asked.ok ? ok({ ...asked.value, trusts: (url) => url.hostname !== 'localhost' }) : asked;
  };
  return reference;
}

/** From here on things go wrong. */
function arm(engine: Engine, row: FaultRow, reference: FileReference, places: Places, id: number): void {
  const faults = row.faults(places);
  engine.server.fail('/a.csv', ...faults);
  const last = faults.at(-1);
  if (row.always && last) engine.server.fail('/a.csv', ...Array.from({ length: ALWAYS }, () => last));
  if (row.impatient) {
    const impatient = { headersTimeout: SHORT_SILENCE, idleTimeout: SHORT_SILENCE };
    Object.assign(engine.source, {
      http: createHttpClient({ budget: createConnectionBudget(), ...impatient }),
    });
  }
  const held = id ? engine.store.row(id) : null;
  if (held) engine.store.save({ ...held, reference: armed(row, reference, places) });
}

const armed = (row: FaultRow, reference: FileReference, places: Places): FileReference => ({
  ...reference,
  ...(row.link && { link: row.link(places) }),
});

/** Lets time pass until the download came to its end, or waits for somebody to sign in. */
async function end(engine: Engine, row: FaultRow, id: number): Promise<void> {
  await engine.until(async () => {
    await engine.clock.advance(10_000);
    await checkFinalName(engine, row);
    return ['done', 'failed'].includes(engine.download(id).state) || engine.accessLost.length > 0;
  });
}

async function checkFinalName(engine: Engine, row: FaultRow): Promise<boolean> {
  const isThere = (await engine.names()).includes('a.csv');
  if (isThere) expect((await engine.read('a.csv')).equals(row.becomes ?? content)).toBe(true);
  return isThere;
}

async function checkWhatIsLeft(engine: Engine, row: FaultRow, id: number): Promise<void> {
  const { state, attempts } = engine.download(id);
  expect(await checkFinalName(engine, row)).toBe(state === 'done');
  const left = (await engine.names()).filter((name) => name !== 'a.csv');
  expect(left).toEqual(engine.store.row(id)?.partName ? ['a.csv.cdrpart'] : []);
  const entries = engine.entries().map(({ outcome }) => outcome);
  const verified = row.listed?.md5 === null ? 'unverified' : 'verified';
  const expected = { done: [verified], failed: ['failed'], waiting: [] }[String(state)];
  expect(entries).toEqual(expected);
  for (const entry of engine.entries()) expect(entry.attempts).toBe(attempts);
}

/** A service that asks for patience is not asked earlier. */
function checkWait({ waits = 0 }: FaultRow, [first, next]: readonly { readonly at: number }[]): void {
  if (first && next) expect(next.at - first.at).toBeGreaterThanOrEqual(waits);
}
