/** The call records of the PBX: the same rows for the same day, whenever they are asked for. */
import { addDays, type Day, daysIn } from '../../contract/calendar.ts';
import { below, type Random, seededRandom } from '../seeded.ts';

/** As one firmware has it, with its misspelt durations. */
export const HEADING =
  'callid,timestart,callfrom,callto,callduraction,talkduraction,srctrunkname,dsttrunkname,status,type,pincode,recording,didnumber,sn';

const SERIAL_NUMBER = '369252A01234';
const FIRST_EXTENSION = 1000;
const EXTENSIONS = 20;
const KEPT_DAYS = 400;
const DAY_SECONDS = 86_400;

export interface PbxRecords {
  isExtension(number: string): boolean;
  /** Null when there is none. Times as `YYYY-MM-DD hh:mm:ss`, both belong to the span; numbers null: all of them. */
  csv(starttime: string, endtime: string, numbers: readonly string[] | null): Buffer | null;
}

/** `now`: `YYYY-MM-DD hh:mm:ss` on the PBX's own clock. Nothing is recorded after it, or long before. */
export function createPbxRecords(now: () => string): PbxRecords {
  const rowsOf = (day: Day, keep: (row: Row) => boolean) => madeUpRows(day).filter(keep).map(toLine);
  return {
    isExtension: (number) => /^1\d{3}$/.test(number) && Number(number) < FIRST_EXTENSION + EXTENSIONS,
    csv(starttime, endtime, numbers) {
      const [last, today] = [now(), now().slice(0, 10)];
      const first = addDays(today, -KEPT_DAYS);
      const from = starttime.slice(0, 10);
      const to = endtime.slice(0, 10);
      const days = daysIn({ from: from < first ? first : from, to: to > today ? today : to });
      const keep = ({ timestart, callfrom, callto }: Row) =>
        timestart >= starttime &&
        timestart <= endtime &&
        timestart <= last &&
        (numbers === null || numbers.some((number) => callfrom.includes(number) || callto.includes(number)));
      const lines = days.flatMap((day) => rowsOf(day, keep));
      return lines.length === 0 ? null : Buffer.from(`${HEADING}\n${lines.join('')}`);
    },
  };
}

interface Row {
  readonly timestart: string;
  readonly callfrom: string;
  readonly callto: string;
  readonly rest: readonly (string | number)[];
  readonly callid: string;
}

const names = ['Ann Meier', 'Okafor, B.', 'Céline Dubois', 'D. Lindqvist'];

function madeUpRows(day: Day): Row[] {
  const random = seededRandom(`pbx ${day}`);
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  const isWeekend = [0, 6].includes(new Date(midnight * 1000).getUTCDay());
  const count = isWeekend ? 4 + below(random, 8) : 60 + below(random, 60);
  const seconds = Array.from({ length: count }, () => below(random, DAY_SECONDS)).sort((a, b) => a - b);
  return seconds.map((second, index) => madeUpRow(random, midnight + second, index));
}

function madeUpRow(random: Random, second: number, index: number): Row {
  const extension = () => String(FIRST_EXTENSION + below(random, EXTENSIONS));
  const outside = () => `0${30 + below(random, 60)}${1_000_000 + below(random, 8_999_999)}`;
  const named = (number: string) => `${names[below(random, names.length)]} <${number}>`;
  const type = ['Internal', 'Inbound', 'Outbound'][below(random, 3)] ?? 'Internal';
  const status =
    ['ANSWERED', 'ANSWERED', 'ANSWERED', 'NO ANSWER', 'BUSY', 'VOICEMAIL'][below(random, 6)] ?? '';
  const talk = status === 'ANSWERED' ? 5 + below(random, 900) : 0;
  const callfrom = type === 'Inbound' ? outside() : extension();
  const did = type === 'Inbound' ? '03055512' : '';
  return {
    callid: `${second}.${index}`,
    timestart: new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' '),
    callfrom: type === 'Internal' ? named(callfrom) : callfrom,
    callto: type === 'Outbound' ? outside() : extension(),
    rest: [
      talk + below(random, 25),
      talk,
      type === 'Inbound' ? 'SIP-Trunk' : '',
      type === 'Outbound' ? 'SIP-Trunk' : '',
      status,
      type,
      '',
      '',
      did,
      SERIAL_NUMBER,
    ],
  };
}

const toLine = ({ callid, timestart, callfrom, callto, rest }: Row): string =>
  `${[callid, timestart, callfrom, callto, ...rest].map(quoted).join(',')}\n`;

const quoted = (value: string | number): string =>
  /[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
