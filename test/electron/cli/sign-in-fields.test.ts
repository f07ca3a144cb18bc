import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemNamed, systemWith } from '../../../electron/cli/choose-system.ts';
import { type AccountOptions, accountSchema } from '../../../electron/cli/options.ts';
import { readSecrets } from '../../../electron/cli/read-secrets.ts';
import { readSignInFields, signInUsage } from '../../../electron/cli/sign-in-fields.ts';
import { whoSignsIn } from '../../../electron/cli/who-signs-in.ts';
import type { SignInDeclaration } from '../../../electron/contract/account.ts';
import { createFakeProvider } from '../../fakes/fake-provider.ts';

const CERTIFICATE = 'AB'.repeat(32);

/** A sign-in that has every kind of field. */
const declaration: SignInDeclaration = {
  provider: 'fake',
  label: 'Fake system',
  fields: [
    {
      id: 'method',
      label: 'Sign in with',
      secret: false,
      options: [
        { value: 'key', label: 'A key' },
        { value: 'token', label: 'A token' },
      ],
    },
    {
      id: 'keyId',
      label: 'Key id',
      secret: false,
      shownWhen: { field: 'method', is: ['key'] },
    },
    { id: 'key', label: 'Key', secret: true, shownWhen: { field: 'method', is: ['key'] } },
    { id: 'refresh', label: 'Refresh', secret: true, shownWhen: { field: 'method', is: ['key'] } },
    { id: 'token', label: 'Token', secret: true, shownWhen: { field: 'method', is: ['token'] } },
    { id: 'zone', label: 'Time zone', secret: false, optional: true, advanced: true },
    { id: 'certificate', label: 'Certificate', secret: false, optional: true, advanced: true },
  ],
  defaultServerAddress: 'https://fake.example/api',
};
const provider = { ...createFakeProvider().provider, signIn: declaration };

const options = (change: Partial<AccountOptions>) => accountSchema.parse({ ...change });
const read = (change: Partial<AccountOptions>) => readSignInFields(declaration, options(change));

describe('the fields of a sign-in', () => {
  it('are those that are given, with the first option of a choice that is not made', () => {
    expect(read({ field: ['keyId=a=b', 'zone=Europe/Berlin'], certificate: CERTIFICATE })).toMatchObject({
      ok: true,
      value: {
        fields: { method: 'key', keyId: 'a=b', zone: 'Europe/Berlin', certificate: CERTIFICATE },
        secrets: [{ id: 'key' }, { id: 'refresh' }],
      },
    });
  });

  it('are those that go with the choices that are made', () => {
    expect(read({ field: ['method=token'] })).toMatchObject({
      value: { fields: { method: 'token' }, secrets: [{ id: 'token' }] },
    });
  });

  it('have the name of the account where one has to be typed first', () => {
    expect(read({ account: 'acme' })).toMatchObject({ value: { fields: { method: 'key', keyId: 'acme' } } });
  });

  it.each([
    [{}, 'Give --account.'],
    [{ account: ' ' }, 'Give --account.'],
    [{ field: ['hush'] }, '--field takes ID=VALUE.'],
    [{ field: ['=hush'] }, '--field takes ID=VALUE.'],
    [{ field: ['keyid=hush'] }, '--field keyid is not known.'],
    [{ field: ['__proto__=hush'] }, '--field __proto__ is not known.'],
    [{ field: ['key=hush'] }, '--field key is a secret, which comes from standard input only.'],
    [{ field: ['method=hush'] }, '--field method takes one of: key, token.'],
    [{ field: ['method=token', 'keyId=hush'] }, '--field keyId does not go with the other fields.'],
    [{ field: ['method=token'], account: 'hush' }, '--account is not for this sign-in.'],
    [{ field: ['keyId=hush'], account: 'hush' }, '--account and --field keyId say the same.'],
  ])('that do not fit are told with what there is, without what was typed: %j', (change, sentence) => {
    const result = read(change);
    const said = result.ok ? '' : result.failure;
    expect(said).toBe(`${sentence}\n${signInUsage(declaration)}`);
    expect(said).not.toContain('hush');
  });

  it('have no certificate in a system that takes none', () => {
    const { fields, ...rest } = declaration;
    const without = { ...rest, fields: fields.filter(({ id }) => id !== 'certificate') };
    const result = readSignInFields(without, options({ account: 'acme', certificate: CERTIFICATE }));
    expect(result.ok ? '' : result.failure).toContain('--certificate is not for this system.');
  });

  it('are listed with their choices and what may be left out', () => {
    expect(signInUsage(declaration)).toBe(
      'fake signs in with: [method=key|token], keyId, [zone], [certificate]; secret: key, refresh, token',
    );
  });
});

describe('a long choice', () => {
  it('is shown by its beginning, and as a whole where another value was typed', () => {
    const options = Array.from({ length: 9 }, (_, number) => ({ value: `zone-${number}`, label: '' }));
    const long = { ...declaration, fields: [{ id: 'zone', label: 'Zone', secret: false, options }] };
    expect(signInUsage(long)).toContain('zone-5|...]');
    const result = readSignInFields(long, { account: undefined, certificate: undefined, field: ['zone=x'] });
    expect(result.ok ? '' : result.failure).toContain('zone-7, zone-8.');
  });
});

describe('a certificate on the command line', () => {
  it.each([CERTIFICATE, CERTIFICATE.toLowerCase(), CERTIFICATE.replace(/..(?!$)/g, '$&:')])(
    '%s is one',
    (typed) => {
      expect(accountSchema.safeParse({ certificate: typed }).success).toBe(true);
    },
  );

  it.each(['', 'AB:CD', `${CERTIFICATE}AB`])('%j is none', (typed) => {
    expect(accountSchema.safeParse({ certificate: typed }).success).toBe(false);
  });
});

describe('who signs in', () => {
  const who = (change: Partial<AccountOptions>) => whoSignsIn(options(change), provider);

  it('is whoever is kept, unless a secret comes from standard input', () => {
    expect(who({ account: 'acme' })).toMatchObject({
      value: { kind: 'kept', account: 'acme', server: null },
    });
    const token = { field: ['method=token'], passwordStdin: true };
    expect(who(token)).toMatchObject({ value: { kind: 'typed', form: 'line', fields: { method: 'token' } } });
    expect(who({ account: 'acme', secretsStdin: true })).toMatchObject({
      value: { kind: 'typed', form: 'json', fields: { keyId: 'acme' } },
    });
    expect(who({ demo: true })).toMatchObject({ value: { kind: 'demo' } });
  });

  it.each([
    [{ demo: true, field: ['zone=x'] }, '--demo goes without'],
    [{ demo: true, secretsStdin: true }, '--demo goes without'],
    [{ field: ['zone=x'] }, '--secrets-stdin; a kept account'],
    [{ certificate: CERTIFICATE }, '--secrets-stdin; a kept account'],
    [{ account: 'acme', passwordStdin: true, secretsStdin: true }, 'not both'],
    [{ account: 'acme', passwordStdin: true }, 'one secret. Give --secrets-stdin.'],
  ])('is not clear from %j', (change, sentence) => {
    const result = who(change);
    expect(result.ok ? '' : result.failure).toContain(sentence);
  });
});

describe('secrets from standard input', () => {
  const [, , key, refresh] = declaration.fields;
  if (!key || !refresh) throw new Error('no fields');
  const secrets = [key, { ...refresh, optional: true }];

  function input(isTTY = false) {
    const stdin = new PassThrough();
    const stderr = new PassThrough();
    const stop = new AbortController();
    const ask = (form: 'line' | 'json') =>
      readSecrets({
        secrets,
        form,
        stdin: Object.assign(stdin, { isTTY, setRawMode: () => stdin }) as unknown as NodeJS.ReadStream,
        stderr: stderr as unknown as NodeJS.WriteStream,
        stop: stop.signal,
      });
    return { stdin, stderr, stop, ask };
  }

  const json = (text: string) => {
    const { stdin, ask } = input();
    stdin.end(text);
    return ask('json');
  };

  it.each(['{"key": "a", "refresh": "b"}', '\uFEFF{\r\n"key": "a",\r\n"refresh": "b"}\r\n'])(
    'are a JSON object by the ids of the fields: %j',
    async (text) => {
      expect(await json(text)).toEqual({ ok: true, value: { key: 'a', refresh: 'b' } });
    },
  );

  it('may lack what is optional', async () => {
    expect(await json('{"key": "a"}')).toEqual({ ok: true, value: { key: 'a' } });
  });

  it.each([
    ['', 'takes a JSON object of texts'],
    ['hush', 'takes a JSON object of texts'],
    ['["hush"]', 'takes a JSON object of texts'],
    ['{"key": 1}', 'takes a JSON object of texts'],
    ['{"key": "hush", "keyId": "hush"}', 'none of them'],
    ['{"key": "hush", "hush": "hush"}', 'none of them'],
    ['{"refresh": "hush"}', 'lacks key'],
    ['{"key": ""}', 'lacks key'],
  ])('that do not fit are told without a word of them: %s', async (text, sentence) => {
    const result = await json(text);
    expect(result).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    const { detail } = result.ok ? { detail: '' } : result.failure;
    expect(detail).toContain(sentence);
    expect(detail).toContain('key, [refresh]');
    expect(detail).not.toContain('hush');
  });

  it('are waited for no longer when that is stopped', async () => {
    const { stop, ask } = input();
    const answer = ask('json');
    stop.abort();
    expect(await answer).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('are asked for one by one at a terminal, and never shown', async () => {
    const { stdin, stderr, ask } = input(true);
    const answer = ask('json');
    let shown = '';
    const second = new Promise<void>((resolve) => {
      stderr.on('data', (text) => {
        shown += text;
        if (shown.includes('Refresh')) resolve();
      });
    });
    stdin.write('hush\r');
    await second;
    stdin.write('secret\r');
    expect(await answer).toEqual({ ok: true, value: { key: 'hush', refresh: 'secret' } });
    expect(shown).toBe('Key: \nRefresh: \n');
  });
});

describe('the system', () => {
  const system = (id: string, ...reports: string[]) => ({
    ...createFakeProvider(id).provider,
    reports: reports.map((report) => ({ id: report, label: report, description: '', fields: [] })),
  });
  const systems = [system('one', 'a', 'b'), system('two', 'b', 'c', 'd'), system('three', 'd', 'e')];
  const chosen = (report: string) => {
    const found = systemWith(report, systems);
    return found.ok ? found.value.signIn.provider : found.failure;
  };

  it.each([
    ['a', 'one'],
    ['e', 'three'],
    ['b', 'one'],
    ['unknown', 'one'],
  ])('that report %s means is %s', (report, id) => {
    expect(chosen(report)).toBe(id);
  });

  it('has to be named where several others have the report', () => {
    expect(chosen('d')).toBe('--report d is one of several systems. Give --system two|three.');
  });

  it('is the one that is named', () => {
    expect(systemNamed('two', systems)).toEqual({ ok: true, value: systems[1] });
    expect(systemNamed('four', systems)).toEqual({
      ok: false,
      failure: '--system four is not known. There are: one, two, three.',
    });
  });
});
