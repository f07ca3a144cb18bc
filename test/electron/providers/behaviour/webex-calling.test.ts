import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { z } from 'zod';
import { sampleLegs, timeOf } from '../../../../electron/demo/webex-calling/sample-legs.ts';
import { startWebexService } from '../../../../electron/demo/webex-calling/webex-service.ts';
import { createWebexCalling } from '../../../../electron/providers/webex-calling/index.ts';
import { serviceSpacing } from '../../../../electron/providers/webex-calling/pace.ts';
import { providerBehaviour } from './provider-behaviour.ts';

const DAY_MS = 86_400_000;
const linkSchema = z.object({ from: z.number(), to: z.number() });
const spanIn = (link: string | null) => linkSchema.parse(JSON.parse(link ?? ''));

const client = {
  clientId: 'client-7',
  clientSecret: 'correct-horse',
  refreshToken: 'refresh-battery',
  personalToken: 'personal-staple',
};

providerBehaviour({
  // As far apart as the real service wants it: the imitation counts.
  create: () => createWebexCalling({ spacing: serviceSpacing }),
  async start(clock) {
    const service = await startWebexService({ clock, client, limits: { pageSize: 100 } });
    const { clientId, clientSecret, refreshToken } = client;
    const { signInAddress } = service;
    return {
      serverAddress: service.address,
      fields: {
        accountName: 'Müller & Söhne',
        way: 'service-app',
        clientId,
        clientSecret,
        refreshToken,
        signInAddress,
        timeZone: 'UTC',
      },
      close: () => service.close(),
    };
  },
  refusedFields: { refreshToken: 'refresh-wrong' },
  lingersMs: 10_000,
  goodAddresses: ['analytics-calling.webexapis.com', 'http://127.0.0.1:8080'],
  badAddresses: ['http://analytics-calling.webexapis.com', 'https://webexapis.com.example', 'cdr.example'],
  examples: { calls: (period) => ({ per: 'day', format: 'csv', period }) },
  reportId: 'calls',
  spanOf({ link }) {
    const { from, to } = spanIn(link);
    return [from, to];
  },
  bringsFile: ({ url }) => url.includes('/cdr_feed'),
  askedOnce: ({ url }) => (url.includes('/cdr_feed') ? url : null),
  checkContent(content, { link }) {
    const { from, to } = spanIn(link);
    const rows = z
      .array(z.record(z.string(), z.string()))
      .parse(parse(content, { columns: true, bom: true, record_delimiter: '\r\n' }));
    const expected = sampleLegs(from, to + DAY_MS).filter((leg) => {
      const begun = timeOf(leg, 'Start time');
      return from <= begun && begun < to;
    });
    const ids = (records: readonly Readonly<Record<string, unknown>>[]) =>
      records.map((record) => String(record['Report ID'])).sort();
    expect(expected).not.toHaveLength(0);
    expect(ids(rows)).toEqual(ids(expected));
  },
});
