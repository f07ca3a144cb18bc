import { expect } from 'vitest';
import { ALL } from '../../../../electron/contract/report.ts';
import { startDemoService } from '../../../../electron/demo/demo-service.ts';
import type { Clock } from '../../../../electron/lib/clock.ts';
import { createCiscoCca } from '../../../../electron/providers/cisco-cca/index.ts';
import { providerBehaviour } from './provider-behaviour.ts';

const DAY_MS = 86_400_000;
const account = { name: 'machine-7', password: 'correct-horse' };

providerBehaviour({
  create: createCiscoCca,
  async start(clock) {
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    // Bodies come piece by piece, so that a file has a middle; nobody has to move the clock for them.
    const turns: Clock = { now: clock.now, sleep: () => new Promise((resolve) => setImmediate(resolve)) };
    const service = await startDemoService({ today, clock: turns, account, bytesPerSecond: 400_000 });
    const fields = { accountName: account.name, accountPassword: account.password };
    return { serverAddress: service.address, fields, close: () => service.close() };
  },
  refusedFields: { accountPassword: 'battery-staple' },
  goodAddresses: ['cdr.example/pcs/api', 'HTTPS://CDR.example:443/pcs/api/', 'http://127.0.0.1:8080/pcs/api'],
  badAddresses: ['http://cdr.example', 'https://cdr.example:8443', 'https://cdr.example.'],
  examples: {
    'daily-archives': (period) => ({ period }),
    'site-files': (period) => ({ site: ALL, which: 'creation-date', period }),
    'peak-port': (period) => ({ frequency: 'daily', level: 'customer', period }),
    'site-list': () => ({}),
  },
  reportId: 'daily-archives',
  spanOf({ nameDate }) {
    const from = Date.parse(`${nameDate}T00:00:00Z`);
    return [from, from + DAY_MS];
  },
  bringsFile: ({ method, url }) => method === 'GET' && url.includes('/compression/files/'),
  askedOnce: () => null,
  checkContent: (content, { md5, size }) => {
    expect(content.subarray(0, 2).toString()).toBe('PK');
    // The suite compares with these.
    expect([typeof md5, typeof size]).toEqual(['string', 'number']);
  },
});
