import { createStore } from 'zustand/vanilla';
import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type {
  CheckResult,
  HistoryEntry,
  HistoryPage,
  HistoryQuery,
} from '../../../electron/contract/history.ts';
import type { Result } from '../../../electron/contract/result.ts';

/** Entries that are asked for at a time. */
export const PAGE_SIZE = 200;

/** What narrows the history. */
export type HistoryFilters = Omit<HistoryQuery, 'offset' | 'limit'>;

export const noFilters: HistoryFilters = {
  text: '',
  reportId: null,
  accountKey: null,
  outcome: null,
  from: null,
  to: null,
};

export interface HistoryState {
  readonly filters: HistoryFilters;
  /** Entries that match; null until the first answer. */
  readonly total: number | null;
  readonly reports: HistoryPage['reports'];
  /** The pages that are here, by number. */
  readonly pages: ReadonlyMap<number, readonly HistoryEntry[]>;
  readonly loading: boolean;
  readonly failure: Failure | null;
  /** Entries whose file is being read again. */
  readonly checking: ReadonlySet<number>;
  /** Narrows the list. The old rows stay until the new ones are here. */
  filter(change: Partial<HistoryFilters>): Promise<void>;
  /** Fetches what is missing of these rows. */
  show(first: number, last: number): Promise<void>;
  /** Fetches the rows in view again, because something ended or was checked. */
  refresh(): Promise<void>;
  checkAgain(id: number): Promise<Result<CheckResult>>;
}

const pagesOf = (first: number, last: number): number[] => {
  const from = Math.floor(first / PAGE_SIZE);
  const to = Math.floor(last / PAGE_SIZE);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
};

/** The history as it is looked at: filters, and the pages that were scrolled to. */
export function createHistoryStore(cdr: Bridge) {
  let question = 0;
  let inView = [0];
  // Downloads may end faster than a search answers: one refresh at a time, and one more for all that came meanwhile.
  let refreshing = false;
  let refreshWanted = false;
  const onTheWay = new Set<number>();

  return createStore<HistoryState>((set, get) => {
    /**
     * Asks for pages. `anew`: they replace all that is here, because rows may have moved. Answers with whether
     * they are here now.
     */
    const load = async (numbers: readonly number[], anew: boolean): Promise<boolean> => {
      if (anew) {
        question += 1;
        onTheWay.clear();
      }
      const mine = question;
      for (const number of numbers) onTheWay.add(number);
      set({ loading: true });
      const { filters } = get();
      const answers = await Promise.all(
        numbers.map((number) =>
          cdr.history.search({ ...filters, offset: number * PAGE_SIZE, limit: PAGE_SIZE }),
        ),
      );
      if (mine !== question) return false;
      for (const number of numbers) onTheWay.delete(number);
      const loading = onTheWay.size > 0;
      const pages = new Map(anew ? [] : get().pages);
      for (const [place, answer] of answers.entries()) {
        if (!answer.ok) {
          set({ failure: answer.failure, loading });
          return false;
        }
        pages.set(numbers[place] ?? 0, answer.value.entries);
        set({ total: answer.value.total, reports: answer.value.reports });
      }
      set({ pages, failure: null, loading });
      return true;
    };
    /** Asks for the pages in view that are neither here nor on their way. */
    const fill = async (): Promise<void> => {
      const { pages } = get();
      const missing = inView.filter((number) => !pages.has(number) && !onTheWay.has(number));
      if (missing.length > 0) await load(missing, false);
    };

    return {
      filters: noFilters,
      total: null,
      reports: [],
      pages: new Map(),
      loading: false,
      failure: null,
      checking: new Set(),
      async filter(change) {
        set({ filters: { ...get().filters, ...change } });
        inView = [0];
        await load(inView, true);
      },
      show(first, last) {
        inView = pagesOf(first, last);
        return fill();
      },
      async refresh() {
        refreshWanted = true;
        if (refreshing) return;
        refreshing = true;
        while (refreshWanted) {
          refreshWanted = false;
          if (await load(inView, true)) await fill();
        }
        refreshing = false;
      },
      async checkAgain(id) {
        set({ checking: new Set([...get().checking, id]) });
        const answer = await cdr.history.checkAgain(id);
        set({ checking: new Set([...get().checking].filter((other) => other !== id)) });
        if (answer.ok) void get().refresh();
        return answer;
      },
    };
  });
}

/** The rows as a grid takes them. */
export const historyRows = ({ total, pages }: Pick<HistoryState, 'total' | 'pages'>) => ({
  count: total ?? 0,
  get: (index: number): HistoryEntry | undefined =>
    pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
});

/** True as soon as one filter is set. */
export const isFiltered = (filters: HistoryFilters): boolean =>
  Object.entries(noFilters).some(([name, none]) => filters[name as keyof HistoryFilters] !== none);
