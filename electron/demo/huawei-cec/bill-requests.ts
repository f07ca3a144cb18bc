/** Reads the two requests of the service, and says in its own codes what is wrong with them. */
import { z } from 'zod';
import { isDay } from '../../contract/calendar.ts';
import { failed, ok, type Result } from '../../contract/result.ts';

/** What was asked, or the service's own code for what is wrong with it. */
type Read<T> = Result<T, string>;

const envelope = z.object({
  request: z.object({ version: z.string().max(32) }),
  msgBody: z.record(z.string(), z.unknown()),
});

export interface BillQuery {
  /** Milliseconds; as read, what the clock on the wall shows as if it were UTC. The end belongs to the span. */
  readonly begin: number;
  readonly end: number;
  readonly kinds: readonly ('call' | 'record')[];
  readonly agentId: string | null;
}

export type MsgBody = Readonly<Record<string, unknown>>;

/** The body's own part. */
export function readBody(body: Buffer): Read<MsgBody> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return failed('0300007');
  }
  const read = envelope.safeParse(json);
  if (!read.success) return failed('0300007');
  return read.data.request.version === '2.0' ? ok(read.data.msgBody) : failed('0300006');
}

const LONGEST_SPAN_MS = 3 * 86_400_000;

const kindsOf: Readonly<Record<string, BillQuery['kinds']>> = {
  call: ['call'],
  record: ['record'],
  call_record: ['call', 'record'],
};

export function readQuery(
  msgBody: MsgBody,
  rules: { readonly callbackWanted: boolean; readonly accountId: string },
): Read<BillQuery> {
  const missing = firstMissing(msgBody, [
    'beginTime',
    'endTime',
    ...(rules.callbackWanted ? ['callBackURL'] : []),
  ]);
  if (missing !== null) return failed(missing);
  const [begin, end] = [readTime(msgBody.beginTime), readTime(msgBody.endTime)];
  const kinds = kindsOf[String(msgBody.dataType ?? 'call_record')];
  if (begin === null || end === null || !kinds) return failed('0300004');
  if (begin > end) return failed('0300013');
  // Nobody says which code a span gets that is too long.
  if (end - begin >= LONGEST_SPAN_MS) return failed('0300099');
  const { accountId, agentId } = msgBody;
  if (accountId !== undefined && accountId !== rules.accountId) return failed('0300012');
  return ok({ begin, end, kinds, agentId: typeof agentId === 'string' ? agentId : null });
}

/** The name of the file that is asked for. */
export function readName(msgBody: MsgBody): Read<string> {
  const missing = firstMissing(msgBody, ['billFileName']);
  if (missing !== null) return failed(missing);
  const name = String(msgBody.billFileName);
  if (name.length > 49) return failed('0300003');
  if (!/^\d{8}_[0-9A-Za-z]+\.zip$/.test(name)) return failed('0300004');
  return isDay(`${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6, 8)}`) ? ok(name) : failed('0300010');
}

function firstMissing(msgBody: MsgBody, names: readonly string[]): string | null {
  for (const name of names) {
    if (msgBody[name] === undefined || msgBody[name] === null) return '0300001';
    if (msgBody[name] === '') return '0300002';
  }
  return null;
}

function readTime(value: unknown): number | null {
  const [, day = '', time = ''] = /^(\S{10}) (([01]\d|2[0-3]):[0-5]\d:[0-5]\d)$/.exec(String(value)) ?? [];
  return isDay(day) ? Date.parse(`${day}T${time}Z`) : null;
}
