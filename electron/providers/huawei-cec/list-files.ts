/** The service lists nothing: what is found are the files that it can be asked for (spec 1). */
import type { Criteria } from '../../contract/report.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { ListedFile, Question } from '../provider.ts';
import { billFileName, dayInName, isBillFileName, readResponseId } from './bill-file-name.ts';
import { type Calendar, listRecords } from './list-records.ts';
import { bad, listed, readPeriod, text } from './listed.ts';
import { reportIds } from './reports.ts';

/** Failure `bad-criteria` for a question that can't be put to the service. */
export function listFiles({ reportId, criteria }: Question, calendar: Calendar): Result<ListedFile[]> {
  if (reportId === reportIds.records) return listRecords(criteria, calendar);
  if (reportId === reportIds.byName) return listName(criteria);
  if (reportId === reportIds.byResponse) return listResponse(criteria);
  return bad(`no list for report ${reportId}`);
}

function listName(criteria: Criteria): Result<ListedFile[]> {
  const name = text(criteria.fileName);
  if (!isBillFileName(name)) return bad('not the name of a file of this service');
  return ok([listed({ kind: 'name', name }, name, { id: name, nameDate: dayInName(name) })]);
}

function listResponse(criteria: Criteria): Result<ListedFile[]> {
  const responseId = readResponseId(text(criteria.responseId));
  const day = readPeriod(criteria)?.from;
  if (responseId === null || day === undefined) return bad('no response ID or no day');
  const name = billFileName(day, responseId);
  return ok([listed({ kind: 'response', responseId, day }, name, { id: name, nameDate: day })]);
}
