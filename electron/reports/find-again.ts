import { ok, type Result } from '../contract/result.ts';
import { pageThrough } from '../lib/page-through.ts';
import type { ListedFile, Question, Session } from '../providers/provider.ts';
import { askPage } from './ask-parts.ts';

/**
 * Lists a file again, for a link that works now; null when it is no longer listed. Its name is as the service gives
 * it, not as it was made unique in a listing. Asks each page once: whoever wants the file decides on another try.
 */
export async function findAgain(
  session: Session,
  question: Question,
  fileId: string,
  signal: AbortSignal,
): Promise<Result<ListedFile | null>> {
  const listed = await pageThrough({
    ask: (cursor) => askPage(session, question, cursor, signal),
    idOf: (file) => file.id,
    isEnough: (file) => file.id === fileId,
  });
  return listed.ok ? ok(listed.value.items.find((file) => file.id === fileId) ?? null) : listed;
}
