/** Call records and recording indexes of a made-up contact center, the same for the same day. */
import { zipSync } from 'fflate';
import { below, md5, type Random, seededRandom } from '../seeded.ts';
import type { BillQuery } from './bill-requests.ts';

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const CALLS_ON_WEEKDAY = 240;
const WEEKEND_PART = 0.3;
/** Rows of one table; what is more gets a table with the next number. */
const MOST_ROWS = 300;

const headings = {
  call: 'developer,account_id,cc_id,agent_id,call_id,caller_no,callee_no,wait_begin,wait_end,ack_begin,ack_end,call_begin,call_end,device_type,device_no,call_type,release_cause,call_id_num,vdn_id,pre_device_type,pre_device_no',
  record:
    'developer,account_id,cc_id,agent_id,call_id,caller_no,callee_no,call_begin,call_end,file_name,task_status,task_result,original_file_name,vdn_id,call_type,media_type,user_wanted_skill_id,current_skill_id',
};

export interface Owner {
  readonly accessKey: string;
  readonly accountId: string;
}

interface Leg {
  readonly callId: string;
  readonly agentId: string;
  readonly caller: string;
  readonly callee: string;
  readonly begin: number;
  readonly end: number;
  /** 1, 2 ..., and -1 for the last one. */
  readonly number: number;
  readonly isAgent: boolean;
}

/** What is other than in the usual contact center, whose clocks show UTC. */
export interface Center {
  /** What its clocks show at a moment. */
  readonly show?: (moment: number) => string;
  /** The beginnings of further calls, each of one leg. */
  readonly moreCalls?: readonly number[];
}

/**
 * The ZIP for a query, whose times are moments, or null where there are no records. `stamp` stands in the names of its
 * tables.
 */
export function makeBill(
  query: BillQuery,
  owner: Owner,
  before: number,
  stamp: string,
  { show = time, moreCalls = [] }: Center = {},
): Buffer | null {
  const legs = legsIn(query, before, moreCalls);
  if (legs.length === 0) return null;
  const files: Record<string, Uint8Array> = {};
  for (const kind of query.kinds) {
    const rows =
      kind === 'call' ? legs.map((leg) => callRow(leg, owner, show)) : recordRows(legs, owner, show);
    for (let table = 0; table * MOST_ROWS < rows.length; table += 1) {
      const part = rows.slice(table * MOST_ROWS, (table + 1) * MOST_ROWS);
      files[`${stamp}_${kind}_${table + 1}.csv`] = Buffer.from(
        `${[headings[kind], ...part].join('\r\n')}\r\n`,
      );
    }
  }
  return Buffer.from(zipSync(files, { mtime: '2020-01-01T00:00:00' }));
}

/** Legs that begin in the span, up to a year before `before` and not after it. */
function legsIn({ begin, end, agentId }: BillQuery, before: number, moreCalls: readonly number[]): Leg[] {
  const [first, last] = [Math.max(begin, before - 365 * DAY_MS), Math.min(end, before)];
  const legs = moreCalls.map(furtherCall);
  for (let day = Math.floor(first / DAY_MS) * DAY_MS; day <= last; day += DAY_MS) legs.push(...legsOf(day));
  return legs.filter(
    (leg) => leg.begin >= first && leg.begin <= last && (agentId === null || leg.agentId === agentId),
  );
}

function legsOf(day: number): Leg[] {
  const random = seededRandom(`huawei ${day}`);
  const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
  const calls = Math.round(CALLS_ON_WEEKDAY * (isWeekend ? WEEKEND_PART : 1));
  return Array.from({ length: calls }, (_, index) => callOf(day, index, random)).flat();
}

/** A call waits in a queue, then goes to an agent, and sometimes to another one. */
function callOf(day: number, index: number, random: Random): Leg[] {
  const callId = `${Math.floor(day / SECOND_MS)}-${index + 1}`;
  const caller = `0055501${String(below(random, 10_000)).padStart(4, '0')}`;
  const legs = 2 + (random() < 0.15 ? 1 : 0);
  let at = day + below(random, 86_000) * SECOND_MS;
  return Array.from({ length: legs }, (_, leg) => {
    const isAgent = leg > 0;
    const begin = at;
    at += (isAgent ? 20 + below(random, 400) : 2 + below(random, 60)) * SECOND_MS;
    const agentId = isAgent ? String(1001 + below(random, 25)) : '';
    const number = leg === legs - 1 ? -1 : leg + 1;
    return { callId, agentId, caller, callee: '00555020000', begin, end: at, number, isAgent };
  });
}

const furtherCall = (begin: number): Leg => ({
  callId: `further-${begin}`,
  agentId: '1001',
  caller: '00555010000',
  callee: '00555020000',
  begin,
  end: begin + 30 * SECOND_MS,
  number: -1,
  isAgent: true,
});

const time = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

type Show = NonNullable<Center['show']>;

const callRow = (leg: Leg, { accessKey, accountId }: Owner, show: Show): string =>
  [
    accessKey,
    accountId,
    '1',
    leg.agentId,
    leg.callId,
    leg.caller,
    leg.callee,
    leg.isAgent ? '' : show(leg.begin),
    leg.isAgent ? '' : show(leg.end),
    leg.isAgent ? show(leg.begin) : '',
    leg.isAgent ? show(leg.begin + 3 * SECOND_MS) : '',
    show(leg.begin),
    show(leg.end),
    leg.isAgent ? '2' : '1',
    leg.agentId || '600',
    '0',
    leg.number === -1 ? '10' : '0',
    leg.number,
    '1',
    leg.isAgent ? '1' : '',
    leg.isAgent ? '600' : '',
  ].join(',');

function recordRows(legs: readonly Leg[], { accessKey, accountId }: Owner, show: Show): string[] {
  return legs
    .filter(({ isAgent }) => isAgent)
    .map((leg) => {
      const file = `Y:/1/0/${show(leg.begin).slice(0, 10).replaceAll('-', '')}/${leg.agentId}/${md5(leg.callId).slice(0, 7)}.V3`;
      const common = [accessKey, accountId, '1', leg.agentId, leg.callId, leg.caller, leg.callee];
      return [...common, show(leg.begin), show(leg.end), file, '0', '', file, '1', '0', '5', '', '600'].join(
        ',',
      );
    });
}
