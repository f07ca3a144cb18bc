/** The one second that is asked for beyond a period, since nobody knows whether the end of a span is part of it. */
import { secondAfter } from '../cut-period.ts';
import type { Calendar } from '../list-records.ts';
import { isWithin, type Times, tellings } from '../times-outside.ts';
import type { Plan } from './plan.ts';

/**
 * The time that calls have which begin in that second: they are those of the next period. Null where nobody can tell by
 * which clock the rows have their times: then a call of that second may stand in both periods, which is better than one of
 * this period that is left out.
 */
export function secondBeyond({ asked, slices }: Plan, calendar: Calendar): string | null {
  const fitting = tellings(asked, calendar).filter((told) => isWithin(timesIn(slices), told));
  const [only, ...others] = new Set(fitting.map(({ end }) => end));
  return only === undefined || others.length > 0 ? null : secondAfter(only);
}

function timesIn(slices: Plan['slices']): Times {
  const all = slices.flatMap(({ came }) =>
    came?.kind === 'zip' ? [came.first ?? null, came.last ?? null] : [],
  );
  const times = all.filter((time) => time !== null).sort();
  return { first: times[0] ?? null, last: times.at(-1) ?? null };
}
