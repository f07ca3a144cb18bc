import { ok } from '../contract/result.ts';
import type { FileSource } from '../downloads/file-source.ts';
import { findAgain } from '../reports/find-again.ts';
import type { Account } from './account.ts';
import { questionOf, toReference } from './file-reference.ts';

/** What the download engine needs of a signed-in account. */
export function accountSource(account: Account): FileSource {
  const { session } = account;
  return {
    http: account.http,
    resumes: session.resumes ?? true,
    filesAtOnce: session.filesAtOnce ?? null,
    async prepare(file, job, signal) {
      return session.prepareFile
        ? session.prepareFile(file, job, signal)
        : ok({ kind: 'link', link: file.link });
    },
    request: (file, signal) => session.fileRequest(file.link, file.content, signal),
    renew: (refused, signal, answer) => session.renew(refused, signal, answer),
    explain: (file, answer) => session.explainFile(file, answer),
    explainBody: (file, text) => session.explainBody?.(file, text) ?? null,
    check: async (file, path) => (await session.checkFile?.(file, path)) ?? null,
    inspect: (file, path, notes) => session.inspectFile(file.reportId, path, notes),
    async findAgain(file, signal) {
      const question = questionOf(file);
      if (!question) return ok(null);
      const found = await findAgain(session, question, file.fileId, signal);
      if (!found.ok) return found;
      const { reportTitle: title, period } = file;
      return ok(found.value && toReference(account, { file: found.value, question, title, period }));
    },
  };
}
