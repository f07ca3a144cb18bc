import { describe, expect, it } from 'vitest';
import { readSignInFields } from '../../../../electron/cli/sign-in-fields.ts';
import { checkCriteria } from '../../../../electron/contract/check-criteria.ts';
import type { Criteria } from '../../../../electron/contract/report.ts';
import { createYeastarS } from '../../../../electron/providers/yeastar-s/index.ts';
import { findFile, newJob, patience, prepareOnce, withPbx } from './pbx.ts';

const may = { from: '2024-05-01', to: '2024-05-31' };
const provider = createYeastarS();
const [report] = provider.reports;

describe('the declaration', () => {
  it('has the password, and nothing else, as a secret', () => {
    expect(provider.signIn.fields.filter(({ secret }) => secret).map(({ id }) => id)).toEqual(['password']);
  });

  it('says of every field where its value comes from', () => {
    expect(provider.signIn.fields.filter(({ help }) => !help)).toEqual([]);
    expect(provider.signIn.addressHelp).toMatch(/8088/);
  });

  it('asks for the address, and leaves what most people need not know to "Advanced"', () => {
    expect(provider.signIn.defaultServerAddress).toBe('');
    const shown = provider.signIn.fields.filter(({ advanced }) => !advanced).map(({ id }) => id);
    expect(shown).toEqual(['userName', 'password', 'pbxName']);
  });

  it('has time zones to choose from, this computer’s own first', () => {
    const zones = provider.signIn.fields.find(({ id }) => id === 'timeZone')?.options ?? [];
    expect(zones[0]?.value).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(zones.map(({ value }) => value)).toEqual(expect.arrayContaining(['UTC', 'Asia/Shanghai']));
  });

  it('has the command line refuse any other time zone, and say which there are', () => {
    const typed = (timeZone: string) =>
      readSignInFields(provider.signIn, { account: 'api', field: [`timeZone=${timeZone}`] });
    expect(typed('Europe/Atlantis')).toMatchObject({
      ok: false,
      failure: expect.stringMatching(/--field timeZone takes one of: .*Europe\/Berlin/),
    });
    expect(typed('Europe/Berlin')).toMatchObject({ value: { fields: { timeZone: 'Europe/Berlin' } } });
    const notSaid = readSignInFields(provider.signIn, { account: 'api', field: [] });
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(notSaid).toMatchObject({ value: { fields: { timeZone: own } } });
  });

  it('says that an interrupted file begins again, and warns of a shared account and of plain http', () => {
    expect(report?.notes?.join(' ')).toMatch(/interrupted begins again/);
    expect(provider.signIn.notes?.join(' ')).toMatch(/no other software.*https/s);
  });

  it.each(['', 'all', '1000', '1000,1001', ' 1000 , 1001 '])('takes %j for extensions', (extensions) => {
    expect(problems({ period: may, extensions })).toEqual([]);
  });

  it.each(['a', '1000;1001', '1000,', ',', '10-20', 'all,1000'])(
    'does not take %j for extensions',
    (extensions) => {
      expect(problems({ period: may, extensions })).toEqual(['not-as-wanted']);
    },
  );

  const problems = (criteria: Criteria) =>
    report ? checkCriteria(report, criteria, '2024-06-15').problems.map(({ code }) => code) : null;
});

describe('the server address', () => {
  it.each([
    ['192.168.5.150', 'https://192.168.5.150:8088'],
    ['pbx.example', 'https://pbx.example:8088'],
    ['https://pbx.example:9443/', 'https://pbx.example:9443'],
    ['http://pbx.example:80', 'http://pbx.example:80'],
  ])('%s means %s', (typed, address) => {
    expect(provider.readAddress(typed)).toEqual({ ok: true, value: address });
  });

  it.each(['', 'ftp://pbx', 'https://me:secret@pbx'])('cannot be %j', (typed) => {
    expect(provider.readAddress(typed)).toMatchObject({ failure: { code: 'bad-address' } });
  });
});

describe('the account name', () => {
  it('is the API user, without blanks around it', () => {
    expect(provider.accountName({ userName: ' api ', password: 'x' })).toBe('api');
    expect(provider.accountName({})).toBe('');
  });
});

describe('finding files', () => {
  it('asks nobody, and always answers the same', async () => {
    const { session, open, names } = await withPbx();
    const file = await findFile(session, may);
    expect(await findFile(open(), may)).toEqual(file);
    expect(file).toMatchObject({
      id: 'cdr|all|2024-05-01|2024-05-31',
      name: 'yeastar_office_cdr_all_20240501_20240531.csv',
      size: null,
      md5: null,
      nameDate: '2024-05',
      downloadable: true,
      content: 'text',
    });
    expect(names()).toEqual([]);
  });

  it.each<[string | undefined, string, string]>([
    [undefined, 'all', 'all'],
    ['all', 'all', 'all'],
    ['1000', '1000', '1000'],
    [' 1000 , 1001,1000', '1000,1001', 'multi'],
    [Array.from({ length: 50 }, (_, n) => 1000 + n).join(','), 'as they are', 'multi'],
    [Array.from({ length: 51 }, (_, n) => 1000 + n).join(','), 'as they are', 'multi'],
  ])('of extensions %s wants %s and names them %s', async (extensions, wanted, named) => {
    const file = await findFile((await withPbx()).session, may, extensions);
    expect(JSON.parse(file.link)).toEqual({
      ...may,
      extensions: wanted === 'as they are' ? extensions : wanted,
    });
    expect(file.name).toBe(`yeastar_office_cdr_${named}_20240501_20240531.csv`);
  });

  it.each([
    ['2024-05-02', '2024-05-02', '2024-05-02'],
    ['2024-05-02', '2024-05-03', '2024-05-02'],
    ['2024-02-01', '2024-02-29', '2024-02'],
    ['2024-02-01', '2024-02-28', '2024-02-01'],
  ])('dates a file from %s to %s %s', async (from, to, nameDate) => {
    expect((await findFile((await withPbx()).session, { from, to })).nameDate).toBe(nameDate);
  });

  it.each([
    [{ pbxName: '' }, '127.0.0.1'],
    [{ pbxName: ' Büro / Süd ' }, 'Büro-Süd'],
    [{ pbxName: '///' }, 'pbx'],
  ])('names files after the PBX: %j', async (fields, name) => {
    const { open } = await withPbx();
    expect((await findFile(open(fields), may)).name).toBe(`yeastar_${name}_cdr_all_20240501_20240531.csv`);
  });

  it.each<[string, Criteria]>([
    ['other', { period: may }],
    ['cdr', {}],
    ['cdr', { period: { from: '2024-05-31', to: '2024-05-01' } }],
    ['cdr', { period: { from: '2023-02-29', to: '2023-03-01' } }],
    ['cdr', { period: may, extensions: 'x' }],
  ])('cannot be asked: %s %j', async (reportId, criteria) => {
    const { session } = await withPbx();
    expect(await session.listPage({ reportId, criteria }, null, patience())).toMatchObject({
      failure: { code: 'bad-criteria' },
    });
  });

  it('does not take any other link for one of its own', async () => {
    const { session, names } = await withPbx();
    const file = await findFile(session, may);
    for (const link of [
      '',
      'https://pbx/x',
      '{"from":"2024-05-01"}',
      '{"from":"x","to":"y","extensions":"all"}',
    ]) {
      expect(await prepareOnce(session, { ...file, link }, await newJob())).toMatchObject({
        failure: { code: 'no-link' },
      });
    }
    expect(names()).toEqual([]);
    expect(await session.fileRequest(file.link, 'text', patience())).toMatchObject({
      failure: { code: 'no-link' },
    });
  });

  it('has nothing to look up', async () => {
    const { session } = await withPbx();
    expect(await session.lookup('cdr', 'extensions', patience())).toMatchObject({
      failure: { code: 'bad-criteria' },
    });
  });
});

describe('a title', () => {
  it.each<[Criteria, string]>([
    [{}, 'Call records (CDR), all extensions'],
    [{ extensions: 'all' }, 'Call records (CDR), all extensions'],
    [{ extensions: '1000' }, 'Call records (CDR), extension 1000'],
    [{ extensions: '1000, 1001' }, 'Call records (CDR), extensions 1000, 1001'],
    [{ extensions: '1,2,3,4' }, 'Call records (CDR), 4 extensions'],
  ])('for %j is %s', async (criteria, title) => {
    expect((await withPbx()).session.title('cdr', criteria)).toBe(title);
  });
});
