import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../../electron/contract/result.ts';
import type { ListedFile, Page, Question, Session } from '../../../electron/providers/provider.ts';

/** A page that is the whole list. */
export const whole = (...files: ListedFile[]): Result<Page> =>
  ok({ files, next: null, announced: files.length });

export interface Asked {
  readonly question: Question;
  readonly cursor: string | null;
  readonly signal: AbortSignal;
}

/** A session whose lists are answered by the test, and that notes what it was asked. */
export function scriptedSession(
  answer: (asked: Asked) => Result<Page> | Promise<Result<Page>>,
  values: Result<readonly string[]> = ok([]),
) {
  const asked: Asked[] = [];
  let lookups = 0;
  let running = 0;
  let mostAtOnce = 0;
  const unused = () => failed(failure('unexpected', 'not part of this test'));
  const session: Session = {
    signIn: async () => unused(),
    lookup: async () => {
      lookups++;
      return values;
    },
    title: (reportId) => `Title of ${reportId}`,
    async listPage(question, cursor, signal) {
      asked.push({ question, cursor, signal });
      mostAtOnce = Math.max(mostAtOnce, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return signal.aborted ? failed(failure('cancelled', 'stopped')) : answer({ question, cursor, signal });
    },
    fileRequest: async () => unused(),
    renew: async () => unused(),
    explainFile: () => failure('unexpected', 'not part of this test'),
    inspectFile: async () => [],
  };
  return {
    session,
    asked,
    get lookups() {
      return lookups;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
  };
}
