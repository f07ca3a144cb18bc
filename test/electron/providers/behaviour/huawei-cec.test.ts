import { unzipSync } from 'fflate';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { startHuaweiService } from '../../../../electron/demo/huawei-cec/huawei-service.ts';
import { makeBill } from '../../../../electron/demo/huawei-cec/sample-bills.ts';
import { createHuaweiCec } from '../../../../electron/providers/huawei-cec/index.ts';
import { providerBehaviour } from './provider-behaviour.ts';
import type { System } from './system.ts';

const owner = { accessKey: 'key-7', secretKey: 'correct-horse', accountId: '180821101516' };
const linkSchema = z.object({ query: z.object({ beginTime: z.string(), endTime: z.string() }) });

/** The first and the last second. */
function secondsIn(link: string | null): readonly [number, number] {
  const { beginTime, endTime } = linkSchema.parse(JSON.parse(link ?? '')).query;
  return [Date.parse(`${beginTime}Z`), Date.parse(`${endTime}Z`)];
}

/** The tables of a ZIP, in their order, without the stamps that their names begin with. */
const tablesIn = (zip: Buffer) =>
  Object.entries(unzipSync(zip)).map(([name, table]) => [
    name.replace(/^\d+/, ''),
    Buffer.from(table).toString(),
  ]);

const zipFiles: System = {
  create: createHuaweiCec,
  async start(clock) {
    const service = await startHuaweiService({ clock, owner });
    const { accessKey, secretKey } = owner;
    const fields = { accessKey, secretKey, timeZone: 'UTC' };
    return { serverAddress: service.address, fields, close: () => service.close() };
  },
  refusedFields: { secretKey: 'battery-staple' },
  goodAddresses: ['10.0.0.5:8443', 'https://CCFS.example:443', 'https://[::1]:8443/'],
  badAddresses: ['http://ccfs.example:8443', 'ccfs.example', 'https://ccfs.example/path'],
  examples: {
    'call-and-recording-records': (period) => ({ dataType: 'call', period }),
    'file-by-name': () => ({ fileName: '20260309_0123456789abcdef0123456789abcdef.zip' }),
    'file-by-response-id': ({ from }) => ({ responseId: '0123456789', period: { from, to: from } }),
  },
  reportId: 'call-and-recording-records',
  spanOf({ link }) {
    const [first, last] = secondsIn(link);
    return [first, last + 1000];
  },
  bringsFile: ({ url }) => url.endsWith('/downloadBillFile'),
  askedOnce: ({ url, body = '' }) => (url.endsWith('/queryBillData') ? body : null),
  namedLater: /^\d{8}_[0-9a-f]{32}\.zip$/,
  comparable: tablesIn,
  checkContent(content, { link }, now) {
    const [begin, end] = secondsIn(link);
    const query = { begin, end, kinds: ['call'] as const, agentId: null };
    const expected = makeBill(query, owner, now, '1');
    expect(expected).not.toBeNull();
    expect(tablesIn(content)).toEqual(expected && tablesIn(expected));
  },
};

providerBehaviour(zipFiles);

const csvLink = z.object({ asked: z.object({ begin: z.string(), end: z.string() }) });
const { namedLater: _name, comparable: _tables, ...common } = zipFiles;

/** The first and the last second of all slices; what is asked for beyond it is left out. */
function secondsInAll(link: string | null): readonly [number, number] {
  const { asked } = csvLink.parse(JSON.parse(link ?? ''));
  return [Date.parse(`${asked.begin}Z`), Date.parse(`${asked.end}Z`)];
}

describe('one CSV', () => {
  providerBehaviour({
    ...common,
    examples: {
      ...zipFiles.examples,
      'call-and-recording-records': (period) => ({ dataType: 'call', files: 'csv', bom: 'no', period }),
    },
    spanOf({ link }) {
      const [first, last] = secondsInAll(link);
      return [first, last + 1000];
    },
    checkContent(content, { link }, now) {
      const [begin, end] = secondsInAll(link);
      const query = { begin, end, kinds: ['call'] as const, agentId: null };
      const expected = tablesIn(makeBill(query, owner, now, '1') ?? Buffer.alloc(0));
      const [heading = '', ...rows] = expected.flatMap(([, table], i) =>
        String(table)
          .trimEnd()
          .split('\r\n')
          .slice(i === 0 ? 0 : 1),
      );
      expect(rows).not.toHaveLength(0);
      expect(content.toString().trimEnd().split('\r\n')).toEqual([heading, ...rows]);
    },
  });
});
