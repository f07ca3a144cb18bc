import { describe, expect, it } from 'vitest';
import { checkCriteria } from '../../../../electron/contract/check-criteria.ts';
import { createHuaweiCec } from '../../../../electron/providers/huawei-cec/index.ts';
import { reportIds } from '../../../../electron/providers/huawei-cec/reports.ts';
import { find, opener, patience } from './opened.ts';

const open = (fields = {}) => opener('https://cc.example.test:8443').open(fields);
const { reports } = createHuaweiCec();
const march = { from: '2026-03-01', to: '2026-03-08' };

describe('the files of a period', () => {
  it('are one for each three days, with names that say what they hold', async () => {
    const files = await find(open(), reportIds.records, { dataType: 'call_record', period: march });
    expect(files.map(({ name }) => name)).toEqual([
      'calls-and-recordings_2026-03-01_2026-03-03.zip',
      'calls-and-recordings_2026-03-04_2026-03-06.zip',
      'calls-and-recordings_2026-03-07_2026-03-08.zip',
    ]);
    expect(
      files.every(({ content, downloadable, size }) => content === 'zip' && downloadable && size === null),
    ).toBe(true);
  });

  it('are the same each time they are found, and others for another question', async () => {
    const ids = async (criteria: object, fields = {}) =>
      (await find(open(fields), reportIds.records, { dataType: 'call', period: march, ...criteria })).map(
        ({ id }) => id,
      );
    expect(await ids({})).toEqual(await ids({}));
    const all = [
      ...(await ids({})),
      ...(await ids({ dataType: 'record' })),
      ...(await ids({ agentId: '7' })),
      ...(await ids({ accountId: '7' })),
      ...(await ids({}, { timesIn: 'utc', timeZone: 'Asia/Shanghai' })),
    ];
    expect(new Set(all).size).toBe(15);
  });

  it('are of one day where the period is', async () => {
    const day = { from: '2026-03-01', to: '2026-03-01' };
    const [file] = await find(open(), reportIds.records, { dataType: 'call', period: day, agentId: 'a@b' });
    expect(file).toMatchObject({ name: 'calls_2026-03-01_a@b.zip', nameDate: '2026-03-01' });
  });
});

describe('a file that somebody else ordered', () => {
  it('is found by its name', async () => {
    const files = await find(open(), reportIds.byName, { fileName: ' 20240501_0a.zip ' });
    expect(files).toMatchObject([{ id: '20240501_0a.zip', name: '20240501_0a.zip', nameDate: '2024-05-01' }]);
  });

  it('is found by its response id and day', async () => {
    const period = { from: '2024-05-01', to: '2024-05-01' };
    const files = await find(open(), reportIds.byResponse, { responseId: '01-AB', period });
    expect(files).toMatchObject([{ name: '20240501_01AB.zip', nameDate: '2024-05-01' }]);
  });

  it.each([
    ['20230229_0a.zip', true],
    ['2024_0a.zip', false],
    ['20240501_0a.csv', false],
  ])('is refused by its name %s before anything is sent', async (fileName, passesForm) => {
    const report = reports.find(({ id }) => id === reportIds.byName);
    if (!report) throw new Error('no such report');
    expect(checkCriteria(report, { fileName }, '2026-03-15').problems).toHaveLength(passesForm ? 0 : 1);
    expect(
      await open().listPage({ reportId: reportIds.byName, criteria: { fileName } }, null, patience()),
    ).toMatchObject({ ok: false, failure: { code: 'bad-criteria' } });
  });
});

it('a question that fits no report is refused', async () => {
  for (const [reportId, criteria] of [
    ['other', {}],
    [reportIds.records, { dataType: 'call' }],
    [reportIds.records, { dataType: 'other', period: march }],
    [reportIds.records, { dataType: 'call', period: { from: march.to, to: march.from } }],
    [reportIds.byResponse, { responseId: '../x', period: march }],
  ] as const) {
    const listed = await open().listPage({ reportId, criteria }, null, patience());
    expect(listed).toMatchObject({ ok: false, failure: { code: 'bad-criteria' } });
  }
});

it('a title says what was asked for', () => {
  expect(open().title(reportIds.records, { dataType: 'call', agentId: '7', period: march })).toBe(
    'Call records and recording index, calls, agent 7',
  );
});
