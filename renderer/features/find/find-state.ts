import type { Failure } from '../../../electron/contract/failure.ts';
import type {
  Criteria,
  FindProgress,
  FoundFiles,
  ReportDeclaration,
} from '../../../electron/contract/report.ts';
import type { Draft } from '../../ui/criteria-form-draft.ts';
import type { Loaded } from '../../ui/loaded.ts';

/** One question, as it was sent. */
export interface Asked {
  readonly reportId: string;
  readonly criteria: Criteria;
}

/** Asking again while the service still makes the report. */
export interface Waiting {
  /** How often the service answered that it is not ready. */
  readonly answers: number;
  /** Whether the question is sent again without being asked to. */
  readonly byItself: boolean;
}

/** What is going on. How good the data is says `found`, which stays while the next search runs or fails. */
export type Search =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly findId: string;
      readonly asked: Asked;
      readonly progress: FindProgress | null;
    }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly asked: Asked; readonly failure: Failure }
  | {
      readonly status: 'not-ready';
      readonly asked: Asked;
      readonly failure: Failure;
      readonly waiting: Waiting;
      /** When it is asked again (milliseconds since 1970, UTC); null unless by itself. */
      readonly nextTryAt: number | null;
    };

export interface Found {
  readonly asked: Asked;
  readonly files: FoundFiles;
}

export interface FindState {
  readonly reports: Loaded<readonly ReportDeclaration[]>;
  readonly reportId: string | null;
  /** By report id. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** By `lookupKey`. */
  readonly lookups: Readonly<Record<string, Loaded<readonly string[]>>>;
  /** True after a "Find" that could not be sent: then choices that were not made yet are pointed out too. */
  readonly pointOutMissing: boolean;
  readonly search: Search;
  readonly found: Found | null;
  /** Ids of the found files that are to be downloaded. */
  readonly selected: ReadonlySet<string>;
  /** Where files go; null until known. */
  readonly folder: string | null;
  /** True while the files are put into the queue. */
  readonly adding: boolean;
  /** Why the folder or the queue did not take what was asked of it. */
  readonly saveFailure: Failure | null;
}

export const lookupKey = (reportId: string, fieldId: string): string => `${reportId} ${fieldId}`;

export const initialFindState: FindState = {
  reports: { status: 'loading' },
  reportId: null,
  drafts: {},
  lookups: {},
  pointOutMissing: false,
  search: { status: 'idle' },
  found: null,
  selected: new Set(),
  folder: null,
  adding: false,
  saveFailure: null,
};

export const reportOf = (
  { reports }: Pick<FindState, 'reports'>,
  reportId: string | null,
): ReportDeclaration | null =>
  reports.status === 'ready' ? (reports.value.find(({ id }) => id === reportId) ?? null) : null;

export const currentReport = (state: FindState): ReportDeclaration | null => reportOf(state, state.reportId);

/** The report that the found list is of. */
export const foundReport = (state: Pick<FindState, 'reports' | 'found'>): ReportDeclaration | null =>
  reportOf(state, state.found?.asked.reportId ?? null);
