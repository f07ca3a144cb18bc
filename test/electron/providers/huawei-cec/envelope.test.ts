import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../../electron/providers/huawei-cec/envelope.ts';
import { explainEnvelope, explainOther } from '../../../../electron/providers/huawei-cec/explain-answer.ts';

const whole =
  '{"resultCode":"0300011","resultDesc":"The file does not exist.","resultData":{},"response":{"version":"2.0","resultCode":"0300011","resultMsg":"The file does not exist."}}';

describe('an envelope', () => {
  it('says its code and text, and the response id', () => {
    const text =
      '{"resultCode":"0","resultDesc":"success","resultData":{"responseId":"01-23"},"response":{}}';
    expect(readEnvelope(text)).toEqual({ code: '0', text: 'success', responseId: '01-23' });
  });

  it('is read behind a byte order mark and blanks', () => {
    expect(readEnvelope(`\uFEFF \n${whole}`)?.code).toBe('0300011');
  });

  it('is read from its old form where the new one is missing', () => {
    const old = '{"response":{"version":"2.0","resultCode":"0300012","resultMsg":"none"}}';
    expect(readEnvelope(old)).toEqual({ code: '0300012', text: 'none', responseId: null });
  });

  it.each([
    ['0', '0'],
    ['"0"', '0'],
    ['300011', '0300011'],
    ['"300011"', '0300011'],
    ['" 0300011 "', '0300011'],
    ['"0399999"', '0399999'],
  ])('with the code %s means %s', (written, code) => {
    expect(readEnvelope(`{"resultCode":${written}}`)?.code).toBe(code);
  });

  it.each(['""', 'null', '{}', '[]', '7'])('stands %s for data', (data) => {
    expect(readEnvelope(`{"resultCode":"0300011","resultData":${data}}`)).toEqual({
      code: '0300011',
      text: '',
      responseId: null,
    });
  });

  it('says its code wherever behind it the text is cut off', () => {
    fc.assert(
      fc.property(fc.integer({ min: '{"resultCode":"0300011"'.length, max: whole.length }), (length) => {
        expect(readEnvelope(whole.slice(0, length))?.code).toBe('0300011');
      }),
    );
  });

  it('is nothing that is cut off before the end of its code, and never another code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: '{"resultCode":"0300011'.length }), (length) => {
        expect(readEnvelope(whole.slice(0, length))).toBeNull();
      }),
    );
    expect(readEnvelope('{"resultCode":30001')).toBeNull();
  });

  it.each(['', '<html></html>', 'PK\u0003\u0004', '[]', '{"a":1}', '{}'])('is not %j', (text) => {
    expect(readEnvelope(text)).toBeNull();
  });
});

describe('an error of the service', () => {
  const explain = (code: string, text = 'Its words.') =>
    explainEnvelope('queryBillData', { code, text, responseId: null }, 60_000);

  it.each([
    ['0300008', 'too-many-connections'],
    ['0300009', 'too-many-connections'],
    ['0300011', 'not-found'],
    ['0300012', 'no-data'],
    ...['01', '02', '03', '04', '05', '06', '07', '10', '13'].map((end) => [
      `03000${end}`,
      'service-refused',
    ]),
    ['0412345', 'service-refused'],
  ])('%s is %s', (code, expected) => {
    expect(explain(code).code).toBe(expected);
    expect(explain(code).detail).toContain(code);
    expect(explain(code).detail).toContain('Its words.');
  });

  it('says what its code stands for, in one line', () => {
    expect(explain('0300013', 'a\n b').detail).toBe(
      'queryBillData: 0300013 (the end lies before the beginning) a b',
    );
  });

  it('has a wait only where fewer requests are wanted', () => {
    expect(explain('0300009').retryAfterMs).toBe(60_000);
    expect(explain('0300011').retryAfterMs).toBeUndefined();
  });
});

it.each([
  ['', 'empty-answer'],
  [' \n', 'empty-answer'],
  ['\uFEFF <html>', 'html-answer'],
  ['{"a":1}', 'unusable-answer'],
])('a body %j in place of data is %s', (body, code) => {
  expect(explainOther('downloadBillFile', body).code).toBe(code);
});
