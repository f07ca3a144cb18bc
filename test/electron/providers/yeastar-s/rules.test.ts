import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addDays, daysBetween, daysIn } from '../../../../electron/contract/calendar.ts';
import { createBodyFile } from '../../../../electron/providers/yeastar-s/body-file.ts';
import { headingOf, kindOf, seemsWhole } from '../../../../electron/providers/yeastar-s/body-kind.ts';
import { errnoFailure } from '../../../../electron/providers/yeastar-s/errno.ts';
import { joinParts, tablesOf } from '../../../../electron/providers/yeastar-s/join-parts.ts';
import { queryOf } from '../../../../electron/providers/yeastar-s/link.ts';
import { createPbxGate } from '../../../../electron/providers/yeastar-s/pbx-gate.ts';
import {
  isProvisional as isProvisionalIn,
  pbxZone,
} from '../../../../electron/providers/yeastar-s/pbx-time.ts';
import { halve, newPlan, type Part, replacePart } from '../../../../electron/providers/yeastar-s/plan.ts';
import { numberColumns } from '../../../../electron/providers/yeastar-s/rows-of-extensions.ts';

describe('halving a period', () => {
  it('covers each day exactly once, in order, whatever is halved how often', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count));
    fc.assert(
      fc.property(day, fc.nat(60), fc.array(fc.nat(100), { maxLength: 40 }), (from, length, choices) => {
        const period = { from, to: addDays(from, length) };
        let plan = newPlan('v1.1.0', period);
        for (const choice of choices) {
          const part = plan.parts[choice % plan.parts.length];
          const halves: readonly Part[] | null = part ? halve(part) : null;
          if (part && halves) plan = replacePart(plan, part, ...halves);
        }
        expect(plan.parts.flatMap(daysIn)).toEqual(daysIn(period));
      }),
    );
  });

  it('differs by a day at most, and ends at single days', () => {
    const [part] = newPlan('v', { from: '2024-02-01', to: '2024-02-29' }).parts;
    const halves = part && halve(part);
    expect(halves?.map(({ from, to }) => daysBetween(from, to) + 1)).toEqual([15, 14]);
    const [single] = newPlan('v', { from: '2024-02-29', to: '2024-02-29' }).parts;
    expect(single && halve(single)).toBeNull();
  });
});

describe('a link', () => {
  const values = {
    extensions: '1000,1001',
    starttime: '2024-05-01 00:00:00',
    endtime: '2024-05-31 23:59:59',
    token: 'a+b',
    random: 'c&d',
  };

  it('has blanks as %20, colons and commas as they are', () => {
    expect(queryOf('extid', values, 'plain')).toBe(
      'extid=1000,1001&starttime=2024-05-01%2000:00:00&endtime=2024-05-31%2023:59:59&token=a%2Bb&random=c%26d',
    );
  });

  it('can have everything encoded', () => {
    expect(queryOf('number', values, 'encoded')).toBe(
      'number=1000%2C1001&starttime=2024-05-01%2000%3A00%3A00&endtime=2024-05-31%2023%3A59%3A59&token=a%2Bb&random=c%26d',
    );
  });
});

describe('a body', () => {
  it.each([
    ['', 'empty'],
    ['\uFEFF \r\n\t', 'empty'],
    [' {"status":"Failed"}', 'object'],
    ['\uFEFF\n<html>', 'page'],
    ['callid,timestart', 'csv'],
    ['"CallID";"timestart"', 'csv'],
    ['1,2,3,4,5,6', 'csv'],
    ['1,2,3,4,5', 'unknown'],
    ['recallidea', 'unknown'],
    ['busy', 'unknown'],
  ])('%j is known by its beginning: %s', (text, kind) => {
    expect(kindOf(Buffer.from(text))).toBe(kind);
  });

  it.each([
    ['a,b,c,d,e,f\n1,2,3,4,5,6\n', true],
    ['a,b,c,d,e,f\n1,2,3,4,5,6\r\n', true],
    ['a,b,c,d,e,f\n1,2,3,4,5,6', true],
    ['a,b,c,d,e,f\n1,"2,3",4,5,6,', true],
    ['a,b,c,d,e,f\n1,2,3,4,5', false],
    ['a,b,c,d,e,f\n1,2,3,4,5,"6', false],
    ['a,b,c,d,e,f\n1,"2,3",4,5,6', false],
  ])('%j seems whole: %s', (text, whole) => {
    expect(seemsWhole(Buffer.from(text), Buffer.from(text))).toBe(whole);
  });

  it('has a heading where its first line names the call id', () => {
    expect(headingOf(Buffer.from('\uFEFF\nCallId,B\r\n1,2'))).toBe('callid,b');
    expect(headingOf(Buffer.from('1,2,3\ncallid'))).toBeNull();
  });

  it('is recognised, written and measured however it is cut into pieces', async () => {
    const folder = await tempFolder();
    const text = `\uFEFF\r\ncallid,b,c\r\n${'1,"ü",3\r\n'.repeat(3000)}`;
    for (const pieceSize of [1, 7, 4096, 100_000]) {
      const path = join(folder, `${pieceSize}.csv`);
      const sink = createBodyFile(path);
      const bytes = Buffer.from(text).subarray(0, pieceSize === 1 ? 300 : undefined);
      for (let at = 0; at < bytes.length; at += pieceSize)
        await sink.take(bytes.subarray(at, at + pieceSize));
      await sink.end();
      expect(sink.body()).toMatchObject({ kind: 'csv', size: bytes.length });
      expect((await bytesOf([path])).equals(bytes)).toBe(true);
    }
  });

  it('that breaks off lets its file go', async () => {
    const sink = createBodyFile(join(await tempFolder(), 'a.csv'));
    await sink.take(Buffer.from('callid,b\n1,2'));
    await sink.letGo();
    await expect(Promise.resolve(sink.take(Buffer.from('3')))).rejects.toThrow();
  });
});

const tempFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cdr-parts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

const days = ['2024-05-01', '2024-05-02', '2024-05-03'];
const partsOf = (paths: readonly string[]) =>
  paths.map((path, index) => ({ path, from: days[index] ?? '', to: days[index] ?? '' }));
const bytesOf = (paths: readonly string[]) => buffer(joinParts(partsOf(paths), null));

async function joined(...texts: readonly string[]) {
  const folder = await tempFolder();
  const paths = texts.map((_, index) => join(folder, String(index)));
  await Promise.all(texts.map((text, index) => writeFile(paths[index] ?? '', text)));
  const tables = await tablesOf(partsOf(paths));
  return { text: (await bytesOf(paths)).toString(), isOne: tables.length === 1 };
}

describe('joining parts', () => {
  it('leaves a single part as it came', async () => {
    const text = '\uFEFF \r\ncallid,b\r\n\r\n1,2';
    expect(await joined(text)).toEqual({ text, isOne: true });
  });

  it('keeps one heading and all rows', async () => {
    expect(await joined('callid,b\n1,2\n', '\uFEFF\r\nCALLID,B\n3,4\n', 'callid,b\n5,6')).toEqual({
      text: 'callid,b\n1,2\n3,4\n5,6',
      isOne: true,
    });
  });

  it('begins a new line after a part without a last line break', async () => {
    expect((await joined('callid,b\n1,2', 'callid,b\n3,4')).text).toBe('callid,b\n1,2\n3,4');
  });

  it('takes first lines for rows where there is no heading', async () => {
    expect(await joined('1,2,3,4,5,6\n', '7,8,9,10,11,12\n')).toEqual({
      text: '1,2,3,4,5,6\n7,8,9,10,11,12\n',
      isOne: true,
    });
  });

  it('takes a row once that both hold at their border, and other equal rows as they are', async () => {
    const border = '9,2024-05-02 00:00:00,x';
    const other = '8,2024-05-01 12:00:00,x';
    expect(
      (await joined(`callid,t,u\n${other}\n${border}\n`, `callid,t,u\n${border}\n${other}\n`)).text,
    ).toBe(`callid,t,u\n${other}\n${border}\n${other}\n`);
  });

  it('has no one heading where they differ', async () => {
    expect((await joined('callid,b\n', 'callid,b,c\n')).isOne).toBe(false);
    expect((await joined('callid,b\n', '1,2,3,4,5,6\n')).isOne).toBe(false);
  });

  it('loses no row of any size', async () => {
    const rows = (from: number) =>
      Array.from({ length: 5000 }, (_, index) => `${from + index},${'x'.repeat(index % 90)}\n`);
    const [one, two] = [rows(0), rows(5000)];
    expect((await joined(`callid,b\n${one.join('')}`, `callid,b\n${two.join('')}`)).text).toBe(
      `callid,b\n${[...one, ...two].join('')}`,
    );
  });
});

describe('the end of a period', () => {
  const at = (time: string) => Date.parse(time);
  function isProvisional(to: string, now: number, timeZone: string): boolean {
    const zone = pbxZone({ timeZone });
    if (!zone.ok) throw new Error(timeZone);
    return isProvisionalIn(to, now, zone.value);
  }

  it('is that of the day in the zone of the PBX', () => {
    expect(isProvisional('2024-05-31', at('2024-05-31T22:09:59Z'), 'Europe/Berlin')).toBe(true);
    expect(isProvisional('2024-05-31', at('2024-05-31T22:10:00Z'), 'Europe/Berlin')).toBe(false);
    expect(isProvisional('2024-05-31', at('2024-06-01T04:09:00Z'), 'America/New_York')).toBe(true);
    expect(isProvisional('2024-05-31', at('2024-06-01T04:10:00Z'), 'America/New_York')).toBe(false);
  });

  it('comes 23 or 25 hours after the last one where clocks change', () => {
    expect(isProvisional('2024-03-31', at('2024-03-31T22:09:00Z'), 'Europe/Berlin')).toBe(true);
    expect(isProvisional('2024-03-31', at('2024-03-31T22:10:00Z'), 'Europe/Berlin')).toBe(false);
    expect(isProvisional('2024-10-27', at('2024-10-27T23:09:00Z'), 'Europe/Berlin')).toBe(true);
    expect(isProvisional('2024-10-27', at('2024-10-27T23:10:00Z'), 'Europe/Berlin')).toBe(false);
  });

  it('comes with the first moment of the next day where clocks go over midnight', () => {
    // In Santiago, the 8th of September 2024 began at 01:00, which is 04:00 UTC.
    expect(isProvisional('2024-09-07', at('2024-09-08T04:09:59Z'), 'America/Santiago')).toBe(true);
    expect(isProvisional('2024-09-07', at('2024-09-08T04:10:00Z'), 'America/Santiago')).toBe(false);
  });
});

describe('the gate of a PBX', () => {
  const MINUTE = 60_000;

  it('is open as long as fewer than three sign-ins were refused in ten minutes', () => {
    const gate = createPbxGate();
    for (const time of [0, 5, 11, 15].map((minutes) => minutes * MINUTE)) {
      expect(gate.closed(time, 'who')).toBeNull();
      gate.refused(time, `somebody at ${time}`);
    }
    // Of these, the one at minute 5 has just become too old to count.
    expect(gate.closed(15 * MINUTE, 'who')).toBeNull();
    gate.refused(15 * MINUTE, 'another one');
    expect(gate.closed(16 * MINUTE, 'who')).toMatchObject({
      code: 'sign-in-locked',
      retryAfterMs: 5 * MINUTE,
    });
    expect(gate.closed(21 * MINUTE, 'who')).toBeNull();
  });

  it('is shut for ten minutes to a name and password that were refused twice, and to no other', () => {
    const gate = createPbxGate();
    for (const minutes of [0, 1]) {
      expect(gate.closed(minutes * MINUTE, 'who')).toBeNull();
      gate.refused(minutes * MINUTE, 'who');
    }
    expect(gate.closed(2 * MINUTE, 'who')).toMatchObject({ code: 'sign-in-refused' });
    expect(gate.closed(2 * MINUTE, 'another one')).toBeNull();
    expect(gate.closed(10 * MINUTE, 'who')).toBeNull();
  });

  it('stays closed for ten minutes from then, and no longer, when the computer’s clock is set back', () => {
    const gate = createPbxGate();
    gate.locked(1000 * MINUTE);
    expect(gate.closed(1000 * MINUTE, 'who')).not.toBeNull();
    expect(gate.closed(5 * MINUTE, 'who')).toMatchObject({ retryAfterMs: 10 * MINUTE });
    expect(gate.closed(15 * MINUTE, 'who')).toBeNull();
  });
});

describe('an error number', () => {
  it.each([
    '10002',
    '10003',
    '10004',
    '10006',
    '10032',
    '20000',
    '20001',
    '20002',
    '20003',
    '20004',
    '20005',
    '20006',
    '20007',
    '20008',
    '20009',
    '20010',
    '20011',
    '20013',
    '20015',
    '20019',
    '20020',
    '20021',
    '30001',
    '30003',
  ])('%s of the documentation has its meaning in the detail', (errno) => {
    expect(errnoFailure('call', errno).detail).toMatch(
      new RegExp(`^call: errno ${errno} \\((?!not a known)`),
    );
  });

  it('that nobody knows is shown as it is', () => {
    expect(errnoFailure('call', '12345')).toMatchObject({
      code: 'service-refused',
      detail: 'call: errno 12345 (not a known number)',
    });
    expect(errnoFailure('call', '').detail).toBe('call: errno missing (not a known number)');
  });
});

describe('the rows of some extensions', () => {
  const heading = 'callid,timestart,callfrom,callto,type';
  async function chosen(text: string, extensions: readonly string[], first: string | null = heading) {
    const columns = numberColumns(first);
    if (!columns) throw new Error('no columns');
    const path = join(await tempFolder(), 'part');
    await writeFile(path, text);
    const wanted = { extensions, columns, hasHeading: first !== null };
    return (await buffer(joinParts(partsOf([path]), wanted))).toString();
  }

  it('are those that show one of them as caller or callee, alone or beside a name', async () => {
    const kept = ['1,t,1000,0391,Outbound', '2,t,0391,1001,Inbound', '3,t,"Ann, B. <1000>",2000,Internal'];
    const others = ['4,t,2000,10001,Internal', '5,1000,2000,2001,1000'];
    expect(await chosen([heading, ...others, ...kept, ''].join('\n'), ['1000', '1001'])).toBe(
      [heading, ...kept, ''].join('\n'),
    );
  });

  it('are told by the number behind a name, and by no part of a number', async () => {
    const kept = ['1,t,Room 7 <1000>,0391,x', '2,t,Ann (1000),0391,x', '3,t,1000 (internal),0391,x'];
    const others = ['4,t,Room 1000 <2000>,0391,x', '5,t,030 1000,0391,x', '6,t,+49 1000-5,0391,x'];
    expect(await chosen([heading, ...others, ...kept, ''].join('\n'), ['1000'])).toBe(
      [heading, ...kept, ''].join('\n'),
    );
  });

  it('are told apart where a name has a quote in it', async () => {
    const kept = ['1,t,Ann 5" B <1000>,0391,x', '2,t,"Ann ""B""\nC <1000>",0391,x', '3,t,1000,0391,x'];
    const others = [
      '4,t,Bob "C <2000>,0391,x',
      '5,t,D "" E <2000>,0391,x',
      '6,t,"",2000,x',
      '7,t,2000,0391,x',
    ];
    const [first = '', ...more] = kept;
    expect(await chosen([heading, first, ...others, ...more, ''].join('\n'), ['1000'])).toBe(
      [heading, ...kept, ''].join('\n'),
    );
  });

  it('stay byte for byte, with a byte order mark, line breaks between quotes and any encoding', async () => {
    const path = join(await tempFolder(), 'part');
    const rows = ['\uFEFF\r\n', `${heading}\r\n`, '1,t,"a\r\nb",1000,x\r\n', '2,t,"c\n1000",2000,\xE9'];
    const bytes = Buffer.concat(rows.map((row, at) => Buffer.from(row, at === 3 ? 'latin1' : 'utf8')));
    await writeFile(path, bytes);
    const wanted = { extensions: ['1000'], columns: [2, 3] as const, hasHeading: true };
    expect(await buffer(joinParts(partsOf([path]), wanted))).toEqual(bytes);
  });

  it('are with those that show no number at all, which nobody can tell apart', async () => {
    const text = `${heading}\n1,t,Reception,anonymous,Internal\n`;
    expect(await chosen(text, ['1000'])).toBe(text);
  });

  it('are found by the usual places where there is no heading, and by the names where there is one', async () => {
    expect(await chosen('1,t,2000,1000,x\n2,t,2000,2001,x\n', ['1000'], null)).toBe('1,t,2000,1000,x\n');
    expect(numberColumns('"CallTo","x"," CallFrom"')).toEqual([2, 0]);
    expect(numberColumns('callid,source,destination')).toBeNull();
  });
});
