import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAccount } from '../../../electron/accounts/open-account.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed } from '../../../electron/contract/result.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';

const unused = async () => failed(failure('unexpected', 'not used'));
const noHttp: HttpClient = { exchange: unused, stream: unused, close: async () => {} };
const sample = { fields: {}, serverAddress: 'https://sample.example', close: async () => {} };

it.each([
  ['its own, in the application’s', { dataFolder: '/data', sample: null }, join('/data', 'systems', 'fake')],
  ['none with sample data', { dataFolder: '/data', sample }, undefined],
  ['none where the application has none', { sample: null }, undefined],
])('a system gets a folder for what all of its accounts share: %s', (_which, { sample, ...more }, folder) => {
  const fake = createFakeProvider();
  openAccount(
    { fields: {}, sample, key: 'k', provider: fake.provider, serverAddress: 'https://fake.example' },
    {
      clock: createFakeClock(),
      openHttp: () => noHttp,
      onLost() {},
      async onRemember() {},
      ...more,
    },
  );
  expect(fake.opened.map((options) => options.folder)).toEqual([folder]);
});
