import type { Bridge } from '../../../electron/contract/bridge.ts';
import type { Failure } from '../../../electron/contract/failure.ts';
import type { FoundFiles } from '../../../electron/contract/report.ts';
import type { Asked, FindState, Waiting } from './find-state.ts';
import { isNotReady, waitBeforeNextTry } from './try-again-wait.ts';

interface SearchDeps {
  readonly cdr: Bridge;
  now(): number;
  after(ms: number, act: () => void): () => void;
  newId(): string;
  get(): FindState;
  set(change: Partial<FindState>): void;
}

export interface SearchRunner {
  /** Sends a question in place of the one that runs, and puts what comes of it into the state. */
  ask(asked: Asked, waiting?: Waiting): Promise<void>;
  /** Sends the question that failed or was not ready again. */
  again(): Promise<void>;
  /** Ends whatever is going on, with no trace but the found list. */
  stop(): void;
  setTryByItself(on: boolean): void;
}

/** One search at a time: its answer, its progress and, while the report is not ready, its next try. */
export function createSearchRunner({ cdr, now, after, newId, get, set }: SearchDeps): SearchRunner {
  let stopTimer = () => {};

  cdr.on('reports.findProgress', (progress) => {
    const { search } = get();
    if (search.status === 'running' && search.findId === progress.findId)
      set({ search: { ...search, progress } });
  });

  async function ask(asked: Asked, waiting: Waiting = { answers: 0, byItself: false }) {
    stop();
    const findId = newId();
    set({ search: { status: 'running', findId, asked, progress: null } });
    const answer = await cdr.reports.find({ findId, ...asked });
    const { search } = get();
    if (search.status !== 'running' || search.findId !== findId) return;
    if (answer.ok) show(asked, answer.value);
    else if (answer.failure.code === 'cancelled') set({ search: { status: 'stopped' } });
    else if (isNotReady(answer.failure.code)) wait(asked, answer.failure, waiting);
    else set({ search: { status: 'failed', asked, failure: answer.failure } });
  }

  function show(asked: Asked, files: FoundFiles) {
    const selected = new Set(files.files.filter((file) => file.downloadable).map((file) => file.id));
    set({ search: { status: 'idle' }, found: { asked, files }, selected, saveFailure: null });
  }

  function wait(asked: Asked, failure: Failure, { answers, byItself }: Waiting) {
    const waiting = { answers: answers + 1, byItself };
    set({ search: { status: 'not-ready', asked, failure, waiting, nextTryAt: null } });
    if (byItself) setTryByItself(true);
  }

  async function again() {
    const { search } = get();
    if (search.status === 'failed') await ask(search.asked);
    if (search.status === 'not-ready') await ask(search.asked, search.waiting);
  }

  function stop() {
    stopTimer();
    const { search } = get();
    if (search.status === 'running') void cdr.reports.cancelFind({ findId: search.findId });
    if (search.status !== 'idle') set({ search: { status: 'idle' } });
  }

  function setTryByItself(on: boolean) {
    const { search } = get();
    if (search.status !== 'not-ready') return;
    stopTimer();
    const ms = waitBeforeNextTry(search.waiting.answers, search.failure.retryAfterMs);
    if (on) stopTimer = after(ms, () => void again());
    const waiting = { ...search.waiting, byItself: on };
    set({ search: { ...search, waiting, nextTryAt: on ? now() + ms : null } });
  }

  return { ask, again, stop, setTryByItself };
}
