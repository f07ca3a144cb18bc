import type { DownloadNote } from '../../../contract/download.ts';
import type { Calendar } from '../list-records.ts';
import { isOutside } from '../times-outside.ts';
import { findRowsOfCsv } from '../zip/find-rows.ts';
import { emptyIn, isProvisional, type Plan } from './plan.ts';

/** What a person should know of a CSV that was made here. `calendar`: how the account asks; null where nobody can tell. */
export async function inspectCsv(
  path: string,
  plan: Plan,
  calendar: Calendar | null,
): Promise<readonly DownloadNote[]> {
  const found = await findRowsOfCsv(path, plan.table);
  const isGb18030 = plan.slices.some(({ came }) => came?.kind === 'zip' && came.gb18030.length > 0);
  const empty = emptyIn(plan);
  return [
    ...(isProvisional(plan) ? (['provisional'] as const) : []),
    ...(found && isOutside(found, plan.asked, calendar) ? (['times-outside'] as const) : []),
    ...(isGb18030 ? (['read-as-gb18030'] as const) : []),
    ...(plan.table === 'call' ? (['rows-are-legs'] as const) : []),
    ...(empty.length > 0 ? [{ empty }] : []),
    ...(found ? [found] : []),
  ];
}
