/** Systems that make their files, have certificates of their own and take other fields than a name and a password. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import { readServerAddress } from '../../../electron/network/server-address.ts';
import type { ListedFile, Provider, SessionOptions } from '../../../electron/providers/provider.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';
import { certificate, expiredCertificate } from '../../fakes/loopback-certificates.ts';
import { serveTls } from '../../fakes/loopback-server.ts';
import { filesOf, summaryOf } from './cdr.ts';
import { runLine } from './run-line.ts';

const content = 'call,seconds\r\n1,60\r\n';

const listed: ListedFile = {
  id: 'march',
  name: 'march.csv',
  size: null,
  md5: null,
  createdOn: null,
  expiresOn: null,
  nameDate: null,
  site: null,
  attempts: null,
  downloadable: true,
  makingMs: 4_200_000,
  link: 'march',
  content: 'text',
};

const STEPS = 3;

/** Makes its one file in some steps, and is signed in to with a request to its server. */
function createMaker() {
  const { provider: fake } = createFakeProvider('maker');
  const opened: SessionOptions[] = [];
  const provider: Provider = {
    ...fake,
    signIn: {
      provider: 'maker',
      label: 'Maker',
      fields: [
        { id: 'clientId', label: 'Client id', secret: false },
        { id: 'clientSecret', label: 'Client secret', secret: true },
        { id: 'refreshToken', label: 'Refresh token', secret: true },
        { id: 'certificate', label: 'Certificate', secret: false, optional: true, advanced: true },
      ],
      defaultServerAddress: '',
      addressHelp: 'An administrator knows it.',
    },
    reports: [
      {
        id: 'records',
        label: 'Records',
        description: 'The records of all locations or of some.',
        fields: [{ kind: 'text', id: 'callLocations', label: 'Locations', optional: true }],
        madeOnDemand: true,
      },
    ],
    readAddress: (typed) => readServerAddress(typed, undefined, { anyPort: true }),
    accountName: ({ clientId = '' }) => clientId,
    openSession(options) {
      opened.push(options);
      const session = fake.openSession(options);
      let steps = 0;
      return {
        ...session,
        async signIn(signal) {
          const url = options.serverAddress;
          const answer = await options.http.exchange({
            method: 'GET',
            url,
            headers: {},
            trusts: () => true,
            signal,
          });
          return answer.ok ? ok(null) : answer;
        },
        title: (_report, { callLocations }) => `Records of ${callLocations ?? 'all'}`,
        listPage: async () => ok({ files: [listed], next: null, announced: 1 }),
        async prepareFile() {
          if (steps < STEPS) {
            const progress = { done: steps, total: STEPS, msLeft: (STEPS - steps) * 60_000 };
            steps += 1;
            return failed(failure('being-made', 'a step', { retryAfterMs: 600, progress }));
          }
          return ok({
            kind: 'made',
            bytes: async function* () {
              yield Buffer.from(content);
            },
          });
        },
      };
    },
  };
  return { provider, opened };
}

async function serve() {
  let requests = 0;
  const server = await serveTls((_request, response) => {
    requests += 1;
    response.end();
  });
  onTestFinished(() => server.close());
  return { url: server.url, requests: () => requests };
}

const trusted = (pem: string) => ['--certificate', new X509Certificate(pem).fingerprint256];
const secrets = JSON.stringify({ clientSecret: 'hush-1', refreshToken: 'hush-2' });
const records = ['--report', 'records', '--call-locations', 'Berlin, Ulm'];
const signedIn = (url: string) => ['--server', url, '--account', 'acme', '--secrets-stdin'];

describe('a server whose certificate nobody vouches for', () => {
  it('is not signed in to, and its fingerprint is told', async () => {
    const { provider } = createMaker();
    const { url, requests } = await serve();
    const run = await runLine(['find', ...records, ...signedIn(url), '--json'], {
      providers: [provider],
      input: secrets,
    });
    expect(run.code).toBe(1);
    expect(run.lines[0]).toMatchObject({
      error: { code: 'certificate-unknown', fingerprint: new X509Certificate(certificate).fingerprint256 },
    });
    expect(requests()).toBe(0);
  });

  it('is signed in to where its fingerprint is given, and no other', async () => {
    const { provider, opened } = createMaker();
    const { url, requests } = await serve();
    const find = ['find', ...records, ...signedIn(url), '--json'];
    const options = { providers: [provider], input: secrets };
    const changed = await runLine([...find, ...trusted(expiredCertificate)], options);
    expect(changed.lines[0]).toMatchObject({ error: { code: 'certificate-changed' } });
    expect(requests()).toBe(0);

    const run = await runLine([...find, ...trusted(certificate)], options);
    expect(run.code).toBe(0);
    expect(opened.at(-1)?.fields).toEqual({
      clientId: 'acme',
      clientSecret: 'hush-1',
      refreshToken: 'hush-2',
      certificate: trusted(certificate)[1],
    });
    expect(run.lines[0]).toMatchObject({ found: { file: 'march.csv', makingMs: 4_200_000 } });
    expect(run.out + run.err).not.toContain('hush');
  });
});

describe('a file that is made', () => {
  const fetch = async (more: readonly string[]) => {
    const { provider } = createMaker();
    const { url } = await serve();
    const args = ['fetch', ...records, ...signedIn(url), ...trusted(certificate), '--to-folder', 'files'];
    return runLine([...args, ...more], { providers: [provider], input: secrets });
  };

  it('is told of with each step, and is no reason to give up, however short the wait', async () => {
    const run = await fetch(['--wait', '0', '--json']);
    expect(run.code).toBe(0);
    expect(run.lines.filter((line) => 'making' in line)).toEqual(
      [0, 1, 2].map((done) => ({
        making: { file: 'march.csv', done, total: STEPS, msLeft: (STEPS - done) * 60_000 },
      })),
    );
    expect(run.lines.some((line) => 'waiting' in line)).toBe(false);
    expect(filesOf(run)).toMatchObject([{ file: 'march.csv', failure: null }]);
    expect(summaryOf(run)).toMatchObject({ failed: 0, left: 0, exitCode: 0 });
    expect(await readFile(join(run.folder, 'files', 'march.csv'), 'utf8')).toBe(content);
  });

  it('is announced to a person, with how long it takes', async () => {
    const run = await fetch([]);
    expect(run.code).toBe(0);
    expect(run.err).toContain('Records of Berlin, Ulm: 1 file');
    expect(run.err).toContain('Made as they are downloaded, which takes about 1 h 10 min');
    expect(run.err.match(/march\.csv is being made: about 3 min left/g)).toHaveLength(1);
  });
});

describe('a sign-in that lacks something', () => {
  it.each([
    [['--account', 'acme', '--secrets-stdin'], 'Maker needs --server. An administrator knows it.'],
    [['--server', 'https://127.0.0.1:1', '--account', 'acme', '--password-stdin'], 'Give --secrets-stdin.'],
    [['--server', 'https://127.0.0.1:1', '--secrets-stdin'], 'Give --account.'],
    [
      ['--server', 'https://127.0.0.1:1', '--account', 'acme', '--secrets-stdin'],
      'lacks refreshToken',
      '{"clientSecret":"hush"}',
    ],
  ])('ends with 2: %j', async (args, sentence, input = secrets) => {
    const { provider } = createMaker();
    const run = await runLine(['find', ...records, ...args], { providers: [provider], input });
    expect(run.code).toBe(2);
    expect(run.err).toContain(sentence);
    expect(run.err).not.toContain('hush');
  });
});

describe('several systems', () => {
  it('are told apart by the report, and each takes what it declares', async () => {
    const maker = createMaker();
    const other = createFakeProvider();
    const providers = [other.provider, maker.provider];
    const needsServer = ['find', ...records, '--account', 'acme', '--secrets-stdin'];
    expect((await runLine(needsServer, { providers, input: secrets })).err).toContain('Maker needs --server');
    const wrong = ['find', '--report', 'files', '--call-locations', 'Berlin', '--account', 'a'];
    expect((await runLine(wrong, { providers })).err).toContain('--call-locations is not for this report');
    const unnamed = ['find', '--system', 'fake', ...records];
    expect((await runLine(unnamed, { providers })).err).toContain(
      '--report records is not known. There are: files.',
    );
  });

  it('are listed with their reports and what signing in takes', async () => {
    const providers = [createFakeProvider().provider, createMaker().provider];
    const all = await runLine(['reports', '--json'], { providers });
    expect(all.code).toBe(0);
    expect(all.lines.flatMap(({ report, system }) => (report ? [[system, report]] : []))).toEqual([
      ['fake', 'files'],
      ['maker', 'records'],
    ]);
    expect(all.lines.find((line) => 'signIn' in line)).toMatchObject({
      signIn: { system: 'fake', fields: [{ field: 'name' }, { field: 'password', secret: true }] },
    });
    const one = await runLine(['reports', '--system', 'maker'], { providers });
    expect(one.out).toContain(
      'Maker: maker signs in with: clientId, [certificate]; secret: clientSecret, refreshToken\nrecords: Records\n',
    );
    expect(one.out).toContain('[--call-locations TEXT]');
    expect(one.out).not.toContain('fake');
  });

  it('have each its own sample data', async () => {
    const started: string[] = [];
    const withSample = (id: string): Provider => ({
      ...createFakeProvider(id).provider,
      async startSample() {
        started.push(id);
        return { fields: {}, serverAddress: 'https://sample.example', close: async () => {} };
      },
    });
    const providers = [withSample('one'), withSample('two')];
    const run = await runLine(['find', '--demo', '--system', 'two', '--report', 'files'], { providers });
    expect(run.code).toBe(4);
    expect(started).toEqual(['two']);
  });
});
