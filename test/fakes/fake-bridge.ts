/** A main process that lives in memory: for tests of stores, and for looking at screens without one. */
import type { AccountState, KnownAccount, SignInDeclaration } from '../../electron/contract/account.ts';
import type { Bridge } from '../../electron/contract/bridge.ts';
import type { Area } from '../../electron/contract/calls.ts';
import type {
  Download,
  DownloadHold,
  DownloadPage,
  DownloadTotals,
  WhichDownloads,
} from '../../electron/contract/download.ts';
import {
  type DownloadState,
  downloadStates,
  isFinished,
  mayCancel,
  mayPause,
  mayResume,
  mayRetry,
} from '../../electron/contract/download-state.ts';
import type { EventName, Events } from '../../electron/contract/events.ts';
import { failure } from '../../electron/contract/failure.ts';
import type { HistoryEntry, HistoryQuery } from '../../electron/contract/history.ts';
import type { FolderCheck } from '../../electron/contract/manifest.ts';
import type { FoundFiles, ReportDeclaration } from '../../electron/contract/report.ts';
import { failed, ok } from '../../electron/contract/result.ts';
import type { OwnSettingsChange, SettingsChange, SettingsView } from '../../electron/contract/settings.ts';

export interface FakeData {
  account: AccountState;
  systems: readonly SignInDeclaration[];
  reports: readonly ReportDeclaration[];
  lookup: readonly string[];
  found: FoundFiles;
  downloads: readonly Download[];
  hold: DownloadHold | null;
  history: readonly HistoryEntry[];
  /** Null: the person picks no folder. */
  folderCheck: FolderCheck | null;
  settings: SettingsView;
}

export type FakeCalls = { readonly [A in Area]?: Partial<Bridge[A]> };

export interface FakeBridge {
  readonly cdr: Bridge;
  /** What the fake holds. May be changed between calls. */
  readonly data: FakeData;
  /** Tells every listener, as the main process does. */
  emit<E extends EventName>(name: E, payload: Events[E]): void;
  /** How many listeners an event has. */
  listeners(name: EventName): number;
}

export const anAccount = (more: Partial<KnownAccount> = {}): KnownAccount => ({
  key: `cisco-cca|${more.accountName ?? 'acme-machine'}`,
  provider: 'cisco-cca',
  providerLabel: 'Cisco CCA',
  accountName: 'acme-machine',
  serverAddress: 'https://pcsprod.webex.com/pcs/api',
  fields: {},
  demo: false,
  status: 'signed-in',
  failure: null,
  signInEndsAt: null,
  clockOffMs: 0,
  folder: null,
  filesAtOnce: null,
  kept: false,
  notKept: null,
  ...more,
});

/** The first one is the current one. */
export const signedInAs = (first: KnownAccount, ...others: readonly KnownAccount[]): AccountState => ({
  accounts: [first, ...others],
  current: first.key,
  failure: null,
});

export const signedIn: AccountState = signedInAs(anAccount());

export const signedOut: AccountState = { accounts: [], current: null, failure: null };

export const aSystem: SignInDeclaration = {
  provider: 'cisco-cca',
  label: 'Cisco CCA',
  fields: [
    { id: 'accountName', label: 'Account name', secret: false },
    { id: 'accountPassword', label: 'Password', secret: true },
  ],
  defaultServerAddress: 'https://pcsprod.webex.com/pcs/api',
};

export const someSettings: SettingsView = {
  folder: null,
  atOnce: 6,
  speedLimit: null,
  hours: null,
  leaveManifest: false,
  theme: 'system',
  serverAddress: null,
  keepSignedIn: false,
  lastAccountName: 'acme-machine',
  lastProvider: null,
  accounts: [],
  currentAccount: null,
  effectiveFolder: 'C:\\Users\\Jo\\Downloads',
  commonFolder: 'C:\\Users\\Jo\\Downloads',
  defaultServerAddress: 'https://pcsprod.webex.com/pcs/api',
  canKeepPassword: true,
};

export const aDownload = (more: Partial<Download> = {}): Download => ({
  id: 1,
  name: 'CDR_20260317.zip',
  reportTitle: 'Daily CDR archives',
  period: '2026-03-01/2026-03-31',
  provider: 'cisco-cca',
  accountKey: 'cisco-cca|acme-machine',
  accountName: 'acme-machine',
  folder: 'C:\\Users\\Jo\\Downloads',
  state: 'waiting',
  size: 1_000_000,
  received: 0,
  speed: 0,
  attempts: 0,
  failure: null,
  nextTryAt: null,
  needsSignIn: false,
  notes: [],
  ...more,
});

export const anEntry = (more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: 1,
  name: 'CDR_20260317.zip',
  path: 'C:\\Users\\Jo\\Downloads\\CDR_20260317.zip',
  provider: 'cisco-cca',
  accountKey: 'cisco-cca|acme-machine',
  accountName: 'acme-machine',
  reportId: 'daily-archives',
  reportTitle: 'Daily CDR archives',
  period: '2026-03-01/2026-03-31',
  startedAt: Date.UTC(2026, 2, 18, 8, 0, 0),
  endedAt: Date.UTC(2026, 2, 18, 8, 0, 4),
  sizeExpected: 1_000_000,
  size: 1_000_000,
  md5Expected: '9e107d9d372bb6826bd81d3542a419d6',
  md5: '9e107d9d372bb6826bd81d3542a419d6',
  attempts: 1,
  outcome: 'verified',
  failureCode: null,
  notes: [],
  lastCheck: null,
  ...more,
});

const nothingFound: FoundFiles = {
  listingId: 'listing-1',
  reportId: 'daily-archives',
  title: 'Daily CDR archives',
  period: null,
  files: [],
  coverage: { missing: [], announced: 0, listed: 0, failedSites: [] },
};

export function totalsOf(downloads: readonly Download[]): DownloadTotals {
  const count = Object.fromEntries(
    downloadStates.map((state) => [state, downloads.filter((download) => download.state === state).length]),
  ) as Record<DownloadState, number>;
  const wanted = downloads.filter(({ state }) => state !== 'cancelled');
  const sum = (of: (download: Download) => number) =>
    wanted.reduce((total, download) => total + of(download), 0);
  return {
    count,
    totalBytes: sum(({ size, received }) => size ?? received),
    receivedBytes: sum(({ received }) => received),
    speed: sum(({ speed }) => speed),
  };
}

function searchIn(history: readonly HistoryEntry[], query: HistoryQuery) {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = history.filter(
    (entry) =>
      words.every((word) =>
        `${entry.name} ${entry.reportTitle} ${entry.path}`.toLowerCase().includes(word),
      ) &&
      (query.reportId === null || entry.reportId === query.reportId) &&
      (query.outcome === null || entry.outcome === query.outcome),
  );
  const titles = new Map(history.map(({ reportId, reportTitle }) => [reportId, reportTitle]));
  return {
    total: matching.length,
    entries: matching.slice(query.offset, query.offset + query.limit),
    reports: [...titles].map(([id, title]) => ({ id, title })),
  };
}

/** `data` replaces parts of what the fake holds, `calls` single calls. */
export function createFakeBridge(given: Partial<FakeData> = {}, calls: FakeCalls = {}): FakeBridge {
  const data: FakeData = {
    account: signedIn,
    systems: [aSystem],
    reports: [],
    lookup: [],
    found: nothingFound,
    downloads: [],
    hold: null,
    history: [],
    folderCheck: null,
    settings: someSettings,
    ...given,
  };
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let order = 0;

  const emit = <E extends EventName>(name: E, payload: Events[E]): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  };
  const changeAccount = async (account: AccountState) => {
    data.account = account;
    emit('account.changed', account);
    return ok(account);
  };
  const changeSettings = async (change: SettingsChange | Partial<SettingsView>) => {
    data.settings = Object.assign({}, data.settings, change);
    emit('settings.changed', data.settings);
    return ok(data.settings);
  };
  const list = (): DownloadPage => ({
    order,
    downloads: data.downloads,
    next: null,
    totals: totalsOf(data.downloads),
    hold: data.hold,
  });
  const replace = (downloads: readonly Download[]): void => {
    const before = new Map(data.downloads.map((download) => [download.id, download]));
    const left = new Set(downloads.map(({ id }) => id));
    data.downloads = downloads;
    order += 1;
    emit('downloads.changed', {
      order,
      changed: downloads.filter((download) => before.get(download.id) !== download),
      removed: [...before.keys()].filter((id) => !left.has(id)),
      totals: totalsOf(downloads),
      hold: data.hold,
    });
  };
  const move =
    (may: (state: DownloadState) => boolean, to: DownloadState) => async (which: WhichDownloads) => {
      replace(
        data.downloads.map((download) =>
          (which === 'all' || which.includes(download.id)) && may(download.state)
            ? { ...download, state: to, speed: 0, failure: null, nextTryAt: null }
            : download,
        ),
      );
      return ok(null);
    };
  const done = async () => ok(null);

  const enter = (account: KnownAccount) =>
    changeAccount({
      accounts: [...data.account.accounts.filter(({ key }) => key !== account.key), account],
      current: account.key,
      failure: null,
    });
  const changeOne = (key: string, { folder, filesAtOnce }: OwnSettingsChange) =>
    changeAccount({
      ...data.account,
      accounts: data.account.accounts.map((account) =>
        account.key !== key
          ? account
          : {
              ...account,
              ...(folder !== undefined && { folder }),
              ...(filesAtOnce !== undefined && { filesAtOnce }),
            },
      ),
    });
  function exit(change: (account: KnownAccount) => KnownAccount | null) {
    const accounts = data.account.accounts.flatMap((account) => change(account) ?? []);
    const isIn = ({ status }: KnownAccount) => status === 'signed-in';
    const stays = accounts.find((account) => account.key === data.account.current && isIn(account));
    return changeAccount({ accounts, current: (stays ?? accounts.find(isIn))?.key ?? null, failure: null });
  }

  const cdr: Bridge = {
    account: {
      systems: async () => ok(data.systems),
      state: async () => ok(data.account),
      signIn: async ({ fields, serverAddress, keep }) =>
        fields.accountPassword === 'wrong'
          ? failed(failure('sign-in-refused', 'POST /v1/oauth/token answered 401', { status: 401 }))
          : enter(anAccount({ accountName: fields.accountName ?? '', serverAddress, kept: keep })),
      chooseCertificates: async () => ok(null),
      cancelSignIn: done,
      startDemo: () => enter(anAccount({ accountName: 'sample', demo: true })),
      switchTo: ({ key }) => changeAccount({ ...data.account, current: key }),
      signOut: ({ key }) =>
        exit((account) => (account.key === key ? { ...account, status: 'signed-out' } : account)),
      forget: ({ key }) => exit((account) => (account.key === key ? null : account)),
      change: ({ key, change }) => changeOne(key, change),
      chooseFolder: ({ key }) => changeOne(key, { folder: 'D:\\CDR' }),
      ...calls.account,
    },
    reports: {
      list: async () => ok(data.reports),
      lookup: async () => ok(data.lookup),
      find: async () => ok(data.found),
      cancelFind: done,
      ...calls.reports,
    },
    downloads: {
      list: async () => ok(list()),
      add: async ({ fileIds, folder }) => {
        const files = data.found.files.filter(({ id }) => fileIds.includes(id));
        const next = data.downloads.reduce((most, { id }) => Math.max(most, id), 0) + 1;
        replace([
          ...data.downloads,
          ...files.map(({ name, size }, place) => aDownload({ id: next + place, name, size, folder })),
        ]);
        return ok({ added: files.length, alreadyQueued: 0 });
      },
      pause: move(mayPause, 'paused'),
      resume: move(mayResume, 'waiting'),
      cancel: move(mayCancel, 'cancelled'),
      retry: move(mayRetry, 'waiting'),
      startNow: (ids) =>
        move(
          (state) => state === 'waiting' || mayResume(state) || state === 'failed',
          'downloading',
        )([...ids]),
      clearFinished: async () => {
        replace(data.downloads.filter(({ state }) => !isFinished(state)));
        return ok(null);
      },
      showInFolder: done,
      ...calls.downloads,
    },
    history: {
      search: async (query) => ok(searchIn(data.history, query)),
      showInFolder: done,
      checkAgain: async () => ok('same'),
      downloadAgain: done,
      ...calls.history,
    },
    manifest: {
      checkFolder: async () => ok(data.folderCheck),
      cancelCheck: done,
      ...calls.manifest,
    },
    settings: {
      get: async () => ok(data.settings),
      change: changeSettings,
      chooseFolder: () => changeSettings({ folder: 'D:\\CDR', effectiveFolder: 'D:\\CDR' }),
      chooseCommonFolder: () => changeSettings({ folder: 'D:\\CDR', commonFolder: 'D:\\CDR' }),
      ...calls.settings,
    },
    desktop: {
      about: async () => ok({ version: '0.1.0', platform: 'Windows 11' }),
      copyText: done,
      ...calls.desktop,
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
  };
  return { cdr, data, emit, listeners: (name) => listeners.get(name)?.size ?? 0 };
}
