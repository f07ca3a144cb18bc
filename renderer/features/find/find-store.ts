import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountState } from '../../../electron/contract/account.ts';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import { localDay } from '../../../electron/contract/calendar.ts';
import { type Draft, type DraftContext, type PeriodDraft, readDraft } from '../../ui/criteria-form-draft.ts';
import { type DateOrder, localDateOrder } from '../../ui/period-field-parse.ts';
import { currentReport, type FindState, initialFindState, lookupKey } from './find-state.ts';
import { createSearchRunner } from './run-search.ts';

export interface FindActions {
  /** What "today" and a date in numbers mean to this person now. */
  context(): DraftContext;
  /** Loads what the screen needs, unless it is there already. */
  open(): Promise<void>;
  loadLookup(reportId: string, fieldId: string): Promise<void>;
  chooseReport(reportId: string): void;
  setField(fieldId: string, value: string | PeriodDraft): void;
  /** Sends the form's question, or points out what is wrong with it. */
  find(): Promise<void>;
  /** Sends the question of the shown list again, whatever the form says now. */
  findAgain(): Promise<void>;
  /** Stops the search that runs. Takes effect here at once, whenever the main process answers. */
  cancel(): void;
  /** Sends the question that failed or was not ready again, now. */
  tryAgain(): Promise<void>;
  setTryByItself(on: boolean): void;
  select(ids: ReadonlySet<string>): void;
  changeFolder(): Promise<void>;
  /** Puts the selected files into the queue. Answers whether it took them. */
  download(): Promise<boolean>;
}

/** Time, chance and custom, handed in. */
export interface FindSurroundings {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Acts once after `ms` milliseconds, unless the answer is called before. */
  after(ms: number, act: () => void): () => void;
  newId(): string;
  readonly order: DateOrder;
}

export type FindStore = StoreApi<FindState & FindActions>;

const ofThisWindow = (): FindSurroundings => ({
  now: () => Date.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  newId: () => crypto.randomUUID(),
  order: localDateOrder(),
});

/**
 * All that the screen "Find files" knows: the reports, the form, the search and the found list. It outlives the
 * screen, so that what was found is still there when the person comes back.
 */
export function createFindStore(
  cdr: Bridge,
  { now, after, newId, order }: FindSurroundings = ofThisWindow(),
): FindStore {
  /** The key of the account whose reports, lookups and findings these are; null before the first is known. */
  let owner: string | null = null;
  /** What was left of the other accounts' forms and lists, by their keys. */
  const left = new Map<string, FindState>();
  /** Answers to what was asked in an earlier session are dropped. */
  let session = 0;

  const store: FindStore = createStore<FindState & FindActions>((set, get) => {
    const search = createSearchRunner({ cdr, now, after, newId, get, set });

    /** What is said of the last question (not ready, failed) belongs to the form as it was, and ends with it. */
    function changeForm(change: Partial<FindState>) {
      if (get().search.status !== 'running') search.stop();
      set({ ...change, pointOutMissing: false });
    }

    function changeAccount({ accounts, current }: AccountState) {
      forgetUnknown(accounts);
      if (current !== null && current === owner && get().reports.status === 'ready') return;
      session += 1;
      search.stop();
      if (current !== null && current !== owner) {
        if (owner !== null) left.set(owner, get());
        // An account that comes back finds its form and its list as they were left.
        set({ ...initialFindState, ...left.get(current), folder: get().folder, adding: false });
      }
      set({ reports: { status: 'loading' }, lookups: {} });
      if (current === null) return;
      owner = current;
      void get().open();
    }

    function forgetUnknown(accounts: AccountState['accounts']) {
      for (const key of left.keys()) if (!accounts.some((one) => one.key === key)) left.delete(key);
    }

    cdr.on('account.changed', changeAccount);
    cdr.on('settings.changed', (settings) => set({ folder: settings.effectiveFolder }));

    return {
      ...initialFindState,

      context: () => ({ today: localDay(now()), order }),

      async open() {
        if (get().reports.status === 'ready') return;
        const mine = session;
        set({ reports: { status: 'loading' } });
        const [list, settings, account] = await Promise.all([
          cdr.reports.list(),
          cdr.settings.get(),
          cdr.account.state(),
        ]);
        if (mine !== session) return;
        if (account.ok) owner = account.value.current ?? owner;
        if (!list.ok) return set({ reports: { status: 'failed', failure: list.failure } });
        if (!settings.ok) return set({ reports: { status: 'failed', failure: settings.failure } });
        set({ folder: settings.value.effectiveFolder });
        const kept = list.value.find(({ id }) => id === get().reportId);
        const first = list.value.find(({ unavailable }) => unavailable === undefined);
        set({ reports: { status: 'ready', value: list.value }, reportId: (kept ?? first)?.id ?? null });
      },

      async loadLookup(reportId, fieldId) {
        const key = lookupKey(reportId, fieldId);
        const known = get().lookups[key];
        if (known && known.status !== 'failed') return;
        const mine = session;
        const put = (lookup: FindState['lookups'][string]) =>
          set(({ lookups }) => ({ lookups: { ...lookups, [key]: lookup } }));
        put({ status: 'loading' });
        const answer = await cdr.reports.lookup({ reportId, fieldId });
        if (mine !== session) return;
        put(
          answer.ok
            ? { status: 'ready', value: answer.value }
            : { status: 'failed', failure: answer.failure },
        );
      },

      chooseReport(reportId) {
        if (reportId === get().reportId) return;
        changeForm({ reportId });
        if (currentReport(get())?.immediate) void get().find();
      },

      setField(fieldId, value) {
        const { reportId, drafts } = get();
        if (reportId === null) return;
        const draft: Draft = { ...drafts[reportId], [fieldId]: value };
        changeForm({ drafts: { ...drafts, [reportId]: draft } });
      },

      async find() {
        const report = currentReport(get());
        if (!report || report.unavailable !== undefined) return;
        const reading = readDraft(report, get().drafts[report.id] ?? {}, get().context());
        set({ pointOutMissing: !reading.ready });
        if (reading.ready) await search.ask({ reportId: report.id, criteria: reading.criteria });
      },

      async findAgain() {
        const { found } = get();
        if (found) await search.ask(found.asked);
      },

      cancel() {
        if (get().search.status !== 'running') return;
        search.stop();
        set({ search: { status: 'stopped' } });
      },

      tryAgain: search.again,
      setTryByItself: search.setTryByItself,

      select(ids) {
        set({ selected: ids });
      },

      async changeFolder() {
        const answer = await cdr.settings.chooseFolder();
        if (answer.ok) set({ folder: answer.value.effectiveFolder, saveFailure: null });
        else set({ saveFailure: answer.failure });
      },

      async download() {
        const { found, selected, folder, adding } = get();
        if (!found || folder === null || selected.size === 0 || adding) return false;
        set({ adding: true, saveFailure: null });
        const fileIds = found.files.files.filter(({ id }) => selected.has(id)).map(({ id }) => id);
        const answer = await cdr.downloads.add({ listingId: found.files.listingId, fileIds, folder });
        set({ adding: false, saveFailure: answer.ok ? null : answer.failure });
        return answer.ok;
      },
    };
  });
  return store;
}
