import { expect } from 'vitest';
import { z } from 'zod';
import { createPbxRecords } from '../../../../electron/demo/yeastar-s/pbx-records.ts';
import { startPbxService } from '../../../../electron/demo/yeastar-s/pbx-service.ts';
import { createYeastarS } from '../../../../electron/providers/yeastar-s/index.ts';
import { providerBehaviour } from './provider-behaviour.ts';

const DAY_MS = 86_400_000;
const account = { name: 'api-7', password: 'correct-horse' };
const linkSchema = z.object({ from: z.string(), to: z.string() });
const daysIn = (link: string | null) => linkSchema.parse(JSON.parse(link ?? ''));

providerBehaviour({
  create: createYeastarS,
  async start(clock) {
    const service = await startPbxService({ clock, account });
    const fields = { userName: account.name, password: account.password, pbxName: 'office', timeZone: 'UTC' };
    return { serverAddress: service.address, fields, close: () => service.close() };
  },
  refusedFields: { password: 'battery-staple' },
  goodAddresses: [
    '192.168.5.150',
    'https://PBX.example:8443',
    'http://192.168.5.150',
    'https://[fe80::1]:8088/',
  ],
  badAddresses: ['file:///etc/passwd', 'pbx.example.'],
  examples: { cdr: (period) => ({ period }) },
  reportId: 'cdr',
  spanOf({ link }) {
    const { from, to } = daysIn(link);
    return [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`) + DAY_MS];
  },
  bringsFile: ({ url }) => url.includes('/cdr/download'),
  // What came first and looks cut off is asked for again, so nothing is forbidden to be.
  askedOnce: () => null,
  breaksFirst: 2,
  checkContent(content, { link }, now) {
    const { from, to } = daysIn(link);
    const records = createPbxRecords(() => new Date(now).toISOString().slice(0, 19).replace('T', ' '));
    const expected = records.csv(`${from} 00:00:00`, `${to} 23:59:59`, null);
    expect(content.toString()).toBe(expected?.toString());
  },
});
