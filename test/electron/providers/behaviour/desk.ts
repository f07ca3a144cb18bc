/** All of the application but its window: one account with a real queue, real files and a clock that the test moves. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Account } from '../../../../electron/accounts/account.ts';
import { accountSource } from '../../../../electron/accounts/account-source.ts';
import { toReference } from '../../../../electron/accounts/file-reference.ts';
import type { Download } from '../../../../electron/contract/download.ts';
import { isFinished } from '../../../../electron/contract/download-state.ts';
import type { Criteria } from '../../../../electron/contract/report.ts';
import { createDownloadManager } from '../../../../electron/downloads/download-manager.ts';
import { createQueueStore } from '../../../../electron/downloads/queue-store.ts';
import { createHistoryStore } from '../../../../electron/history/history-store.ts';
import { openDatabase } from '../../../../electron/lib/database.ts';
import { createConnectionBudget } from '../../../../electron/network/connection-budget.ts';
import type { HttpRequest } from '../../../../electron/network/http.ts';
import { createHttpClient } from '../../../../electron/network/http-client.ts';
import { type FoundEntry, findReport } from '../../../../electron/reports/find-report.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { startOtherServer } from './other-server.ts';
import type { System } from './system.ts';
import { createWatch, watchedHttp } from './watched-http.ts';

/** A Sunday, noon. */
export const NOW = Date.UTC(2026, 2, 15, 12);
const KEY = 'account';
const STEP_MS = 100;

export const patience = (): AbortSignal => new AbortController().signal;

export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-behaviour-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The imitation of a system, and sessions with it whose requests are noted. */
export async function openSystem(system: System, now = NOW) {
  const clock = createFakeClock(now);
  const running = await system.start(clock);
  onTestFinished(() => running.close());
  const provider = system.create();
  const watch = createWatch();
  /** What sessions wanted to be kept in place of what was typed, such as a newer refresh token. */
  let kept: Readonly<Record<string, string>> = {};
  const remember = async (newer: Readonly<Record<string, string>>) => {
    kept = { ...kept, ...newer };
  };

  function open(fields: Readonly<Record<string, string>> = {}): Account {
    const http = watchedHttp(createHttpClient({ budget: createConnectionBudget(20) }), watch);
    onTestFinished(() => http.close());
    const all = { ...running.fields, ...kept, ...fields };
    const { serverAddress } = running;
    const session = provider.openSession({ serverAddress, fields: all, http, clock, remember });
    const name = provider.accountName(all);
    return {
      key: KEY,
      provider,
      name,
      serverAddress,
      demo: false,
      session,
      http,
      kept: false,
      notKept: null,
    };
  }

  /** What must never be told: what was typed as a secret, and what opens the service's doors. */
  function secrets(): readonly string[] {
    const typed = provider.signIn.fields.flatMap(({ id, secret }) =>
      secret ? [running.fields[id] ?? ''] : [],
    );
    const sent = watch.requests.flatMap(({ url, headers, body = '' }) => [
      (headers.authorization ?? '').replace(/^\w+ /, ''),
      (headers.authorization ?? '').split('/').at(-1) ?? '',
      new URLSearchParams(body).get('refresh_token') ?? '',
      ...['token', 'random'].map((name) => new URL(url).searchParams.get(name) ?? ''),
      /"password":"(\w+)"/.exec(body)?.[1] ?? '',
    ]);
    return [...new Set([...typed, ...sent])].filter((secret) => secret !== '');
  }

  return { system, clock, running, provider, watch, open, secrets };
}

export type OpenedSystem = Awaited<ReturnType<typeof openSystem>>;

/** What a report finds, which has to be something. */
export async function find(
  { provider, clock }: Pick<OpenedSystem, 'provider' | 'clock'>,
  { session }: Pick<Account, 'session'>,
  reportId: string,
  criteria: Criteria,
) {
  const report = provider.reports.find(({ id }) => id === reportId);
  if (!report) throw new Error(`no report ${reportId}`);
  const signal = patience();
  const found = await findReport({ session, report, criteria, clock, random: () => 0, signal });
  if (!found.ok) throw new Error(`${found.failure.code}: ${found.failure.detail}`);
  return found.value;
}

/** The system with a queue. */
export async function openDesk(system: System) {
  const opened = await openSystem(system);
  const { clock, watch } = opened;
  const other = await startOtherServer(clock);
  const [home, folder] = [await tempFolder(), await tempFolder()];
  const bugs: unknown[] = [];

  function start() {
    const account = opened.open();
    const database = openDatabase(join(home, 'records.sqlite'));
    const store = createQueueStore(database);
    const history = createHistoryStore(database);
    const state = { crashed: false };
    const manager = createDownloadManager({
      database,
      store,
      history,
      clock,
      random: () => 0,
      sourceOf: () => accountSource(account),
      atOnce: () => 6,
      workFolder: join(home, 'being-made'),
      onChanges: () => {},
      onBug: (error) => state.crashed || bugs.push(error),
    });
    return { account, database, manager, state };
  }

  let parts = start();
  onTestFinished(async () => {
    await parts.manager.stop();
    parts.database.close();
  });

  const rows = (): readonly Download[] => parts.manager.list().downloads;

  /** How far the time may pass at once: nobody waits for what is under way on the network. */
  function nextStep(): number {
    const active = rows().filter(({ state }) => !isFinished(state) && state !== 'failed');
    const next = parts.manager.list().hold;
    const times = active.map((row) => (row.state === 'waiting' ? (row.nextTryAt ?? 0) : 0));
    const at = next?.reason === 'unreachable' ? next.nextTryAt : Math.min(...times);
    return Math.max(STEP_MS, Number.isFinite(at) ? at - clock.now() : 0);
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await clock.advance(nextStep());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  return {
    ...opened,
    other,
    bugs,
    folder,
    until,
    get account() {
      return parts.account;
    },
    get manager() {
      return parts.manager;
    },
    /** Sends requests elsewhere: all of them, or those that `which` picks. */
    divert(which: (request: HttpRequest) => boolean = () => true): void {
      watch.divert = (request) => (which(request) ? other.url : null);
    },
    comesBack(): void {
      watch.divert = () => null;
    },
    /** Finds the files of a period and puts the first ones of them into the queue. */
    async fetch(
      period: { from: string; to: string },
      most = 1,
      into = folder,
    ): Promise<readonly FoundEntry[]> {
      const criteria = system.examples[system.reportId]?.(period) ?? {};
      const found = await find(opened, parts.account, system.reportId, criteria);
      const entries = found.entries.slice(0, most);
      const references = entries.flatMap((entry) => toReference(parts.account, entry) ?? []);
      const added = await parts.manager.add(references, into);
      if (!added.ok) throw new Error(added.failure.code);
      return entries;
    },
    rows,
    /** The one row. */
    row(): Download {
      const [row] = rows();
      if (!row) throw new Error('nothing in the queue');
      return row;
    },
    /** Waits until every row has come to an end. */
    async allEnded(): Promise<readonly Download[]> {
      await until(() => rows().every(({ state }) => isFinished(state) || state === 'failed'));
      return rows();
    },
    /** Ends it as a crash does, and starts it again on what it left behind. */
    async crash(): Promise<void> {
      const { account, database, manager, state } = parts;
      state.crashed = true;
      database.close();
      await account.http.close();
      // Without its database it can't end well.
      await manager.stop().catch(() => {});
      parts = start();
      await parts.manager.resume([]);
    },
    names: async (): Promise<string[]> => (await readdir(folder)).sort(),
    read: (name: string, from = folder): Promise<Buffer> => readFile(join(from, name)),
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;
