import { z } from 'zod';
import { criteriaSchema } from '../contract/report.ts';
import type { FileReference } from '../downloads/file-source.ts';
import type { Question } from '../providers/provider.ts';
import type { FoundEntry } from '../reports/find-report.ts';
import type { Account } from './account.ts';

const questionSchema = z.object({ reportId: z.string(), criteria: criteriaSchema });

/** A listed file as the download engine wants it; null for one that was listed without a link. */
export function toReference(account: Account, entry: FoundEntry): FileReference | null {
  const { file, question } = entry;
  if (file.link === null) return null;
  return {
    provider: account.provider.signIn.provider,
    accountKey: account.key,
    accountName: account.name,
    reportId: question.reportId,
    reportTitle: entry.title,
    period: entry.period,
    fileId: file.id,
    link: file.link,
    question: JSON.stringify(question),
    name: file.name,
    size: file.size,
    md5: file.md5,
    content: file.content,
    expiresAt: file.expiresOn?.time ?? null,
    attemptsCounted: file.attempts,
  };
}

/** What listed the file. Null when the row holds nothing that can be read, e.g. of another version. */
export function questionOf(reference: FileReference): Question | null {
  try {
    const parsed = questionSchema.safeParse(JSON.parse(reference.question));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
