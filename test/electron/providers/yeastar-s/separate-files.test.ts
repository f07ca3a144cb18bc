import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { HEADING } from '../../../../electron/demo/yeastar-s/pbx-records.ts';
import { startPbxService } from '../../../../electron/demo/yeastar-s/pbx-service.ts';
import { createYeastarS } from '../../../../electron/providers/yeastar-s/index.ts';
import { openDesk } from '../behaviour/desk.ts';
import { type Asked, csvAnswer, findFile, inspect, newJob, prepareOnce, withPbx } from './pbx.ts';

const month = { from: '2026-02-01', to: '2026-02-28' };
const wide = `${HEADING},agentringtime`;
const row = (id: string, day: string, from = '1000') =>
  `${id},${day} 10:00:00,${from},0391,9,3,,,ANSWERED,Outbound,,,,S`;

/** The days that a download asks for; null where they are more than a PBX answers with in time. */
function weekOf({ call }: Pick<Asked, 'call'>) {
  const [, from = '', to = ''] = /starttime=([\d-]+)%20.*endtime=([\d-]+)%20/.exec(call.query) ?? [];
  return Date.parse(to) - Date.parse(from) > 7 * 86_400_000 ? null : { from, to };
}

/** A PBX that gives no more than a week at once, each with what `table` says of its first day. */
const weekly = (table: (from: string) => string) =>
  withPbx({
    change(asked, usual) {
      if (asked.name !== 'download') return usual;
      const week = weekOf(asked);
      return week ? csvAnswer(table(week.from)) : { kind: 'json', status: 504, value: {} };
    },
  });

async function make(pbx: Awaited<ReturnType<typeof weekly>>, extensions?: string) {
  const job = await newJob();
  const file = await findFile(pbx.session, month, extensions);
  for (;;) {
    const prepared = await prepareOnce(pbx.session, file, job);
    if (!prepared.ok && prepared.failure.code === 'being-made') continue;
    if (!prepared.ok) return { failure: prepared.failure, name: null, bytes: Buffer.alloc(0), notes: [] };
    const { value } = prepared;
    if (value.kind !== 'made') throw new Error('not made');
    const bytes = await buffer(value.bytes());
    expect((await buffer(value.bytes())).equals(bytes)).toBe(true);
    return { failure: null, name: value.name ?? file.name, bytes, notes: await inspect(pbx.session, job) };
  }
}

const filesIn = (zip: Uint8Array) =>
  Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );

describe('parts with different headings', () => {
  it('are kept as separate files, in a ZIP in the place of the one file', async () => {
    const pbx = await weekly((from) =>
      from < '2026-02-15' ? `${HEADING}\n${row('1', from)}\n` : `${wide}\n${row('2', from)},5\n`,
    );
    const made = await make(pbx);
    expect(made.failure).toBeNull();
    expect(made.name).toBe('yeastar_office_cdr_all_20260201_20260228.zip');
    expect(filesIn(made.bytes)).toEqual({
      'yeastar_office_cdr_all_20260201_20260214.csv': `${HEADING}\n${row('1', '2026-02-01')}\n${row('1', '2026-02-08')}\n`,
      'yeastar_office_cdr_all_20260215_20260228.csv': `${wide}\n${row('2', '2026-02-15')},5\n${row('2', '2026-02-22')},5\n`,
    });
    expect(made.notes).toEqual(['separate-files']);
  });

  it('are joined with those beside them alone, so that each file is of days in a row', async () => {
    const pbx = await weekly((from) => `${from === '2026-02-08' ? wide : HEADING}\n`);
    expect(Object.keys(filesIn((await make(pbx)).bytes))).toEqual([
      'yeastar_office_cdr_all_20260201_20260207.csv',
      'yeastar_office_cdr_all_20260208_20260214.csv',
      'yeastar_office_cdr_all_20260215_20260228.csv',
    ]);
  });

  it('hold the rows of the wanted extensions alone where those are chosen here', async () => {
    const moved = 'callid,callto,timestart,callfrom,callduraction,talkduraction';
    const pbx = await weekly((from) =>
      from < '2026-02-15'
        ? `${HEADING}\n${row('1', from)}\n${row('2', from, '2000')}\n`
        : `${moved}\n3,0391,t,1000,1,1\n4,0391,t,2000,1,1\n`,
    );
    const numbers = Array.from({ length: 51 }, (_, index) => 1000 + index).join(',');
    const [first, second] = Object.values(filesIn((await make(pbx, numbers)).bytes));
    expect(first).toBe(`${HEADING}\n${row('1', '2026-02-01')}\n${row('1', '2026-02-08')}\n`);
    expect(second).toBe(`${moved}\n3,0391,t,1000,1,1\n3,0391,t,1000,1,1\n`);
  });

  it('are one file where they differ in nothing but case, and the note is of no other file', async () => {
    const pbx = await weekly((from) => `${from < '2026-02-15' ? HEADING : HEADING.toUpperCase()}\n`);
    const made = await make(pbx);
    expect(made).toMatchObject({ name: 'yeastar_office_cdr_all_20260201_20260228.csv', notes: [] });
    expect(made.bytes.toString()).toBe(`${HEADING}\n`);
  });

  it('lie as a ZIP in the folder of the person, whole, with the note in its row', async () => {
    const account = { name: 'api-7', password: 'correct-horse' };
    const desk = await openDesk({
      create: createYeastarS,
      async start(clock) {
        const service = await startPbxService({
          clock,
          account,
          change(call, usual) {
            if (!call.path.endsWith('/download')) return usual;
            const week = weekOf({ call });
            const table = week && week.from < '2026-02-15' ? HEADING : wide;
            return week ? csvAnswer(`${table}\n`) : { kind: 'json', status: 504, value: {} };
          },
        });
        const fields = {
          userName: account.name,
          password: account.password,
          pbxName: 'büro',
          timeZone: 'UTC',
        };
        return { serverAddress: service.address, fields, close: () => service.close() };
      },
      refusedFields: {},
      goodAddresses: [],
      badAddresses: [],
      examples: { cdr: (period) => ({ period }) },
      reportId: 'cdr',
      spanOf: () => [0, 0],
      bringsFile: () => false,
      askedOnce: () => null,
      checkContent() {},
    });
    await desk.fetch(month);
    const [ended] = await desk.allEnded();
    expect(ended).toMatchObject({
      state: 'done',
      name: 'yeastar_büro_cdr_all_20260201_20260228.zip',
      notes: ['no-checksum', 'separate-files'],
    });
    expect(await desk.names()).toEqual(['yeastar_büro_cdr_all_20260201_20260228.zip']);
    const zip = await readFile(join(desk.folder, ended?.name ?? ''));
    expect(filesIn(zip)).toEqual({
      'yeastar_büro_cdr_all_20260201_20260214.csv': `${HEADING}\n`,
      'yeastar_büro_cdr_all_20260215_20260228.csv': `${wide}\n`,
    });
    expect(desk.bugs).toEqual([]);
  });
});
