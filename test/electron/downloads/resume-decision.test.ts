import { describe, expect, it } from 'vitest';
import {
  decideAnswer,
  type PartRecord,
  planResume,
  type ResumePlan,
} from '../../../electron/downloads/resume-decision.ts';
import type { FileReference } from '../../../electron/history/file-reference.ts';

const file: FileReference = {
  provider: 'p',
  accountKey: 'k',
  accountName: 'n',
  reportId: 'r',
  reportTitle: 't',
  period: null,
  fileId: 'id',
  link: 'https://files.example.com/1',
  question: '{}',
  name: 'a.csv',
  size: 1000,
  md5: 'f'.repeat(32),
  content: 'text',
  expiresAt: null,
  attemptsCounted: null,
};
const part: PartRecord = { fileId: 'id', size: 1000, md5: file.md5, total: 1000, validator: '"v1"' };

describe('what to ask for', () => {
  it.each<[string, FileReference, PartRecord | null, number, object]>([
    ['no part', file, null, 0, { kind: 'whole' }],
    ['a part without bytes', file, part, 0, { kind: 'whole' }],
    ['the part of another file', file, { ...part, fileId: 'other' }, 400, { kind: 'whole' }],
    ['a part of another size', file, { ...part, size: 900 }, 400, { kind: 'whole' }],
    ['a part of another checksum', file, { ...part, md5: 'e'.repeat(32) }, 400, { kind: 'whole' }],
    [
      'nothing that would tell a wrong joint',
      { ...file, md5: null },
      { ...part, md5: null, validator: null },
      400,
      { kind: 'whole' },
    ],
    ['more bytes than the file has', file, part, 1001, { kind: 'whole' }],
    ['all bytes', file, part, 1000, { kind: 'all-there' }],
    [
      'all bytes by what the answer said',
      { ...file, size: null },
      { ...part, size: null },
      1000,
      { kind: 'all-there' },
    ],
    ['some bytes', file, part, 400, { headers: { range: 'bytes=400-', 'if-range': '"v1"' } }],
    [
      'some bytes, no validator',
      file,
      { ...part, validator: null },
      400,
      { headers: { range: 'bytes=400-' } },
    ],
    [
      'some bytes, no checksum',
      { ...file, md5: null },
      { ...part, md5: null },
      400,
      { headers: { range: 'bytes=400-', 'if-range': '"v1"' } },
    ],
  ])('with %s', (_what, reference, record, received, plan) => {
    expect(planResume(reference, record, received)).toMatchObject(plan);
  });
});

const whole: ResumePlan = { kind: 'whole' };
const on: ResumePlan = { kind: 'continue', from: 400, headers: {}, record: part };
const range = (text: string, more: Record<string, string> = {}) => ({ 'content-range': text, ...more });

describe('what to make of the answer', () => {
  it.each<[string, ResumePlan, number, Record<string, string>, string]>([
    ['200 to the whole file', whole, 200, { 'content-length': '1000' }, 'write-whole'],
    ['200 without a length', whole, 200, {}, 'write-whole'],
    ['200 with another length', whole, 200, { 'content-length': '999' }, 'refuse'],
    ['200 that is compressed', whole, 200, { 'content-encoding': 'gzip' }, 'refuse'],
    ['200 that says it is not compressed', whole, 200, { 'content-encoding': 'identity' }, 'write-whole'],
    ['200 to a range', on, 200, { 'content-length': '1000' }, 'write-whole'],
    ['206 to the whole file', whole, 206, range('bytes 0-999/1000'), 'explain'],
    ['206 that fits', on, 206, range('bytes 400-999/1000'), 'write-on'],
    ['206 that fits, total not told', on, 206, range('bytes 400-999/*'), 'write-on'],
    ['206 with the same validator', on, 206, range('bytes 400-999/1000', { etag: '"v1"' }), 'write-on'],
    ['206 with another validator', on, 206, range('bytes 400-999/1000', { etag: '"v2"' }), 'ask-whole'],
    ['206 from elsewhere', on, 206, range('bytes 399-999/1000'), 'ask-whole'],
    ['206 with another total', on, 206, range('bytes 400-999/2000'), 'ask-whole'],
    ['206 that ends early', on, 206, range('bytes 400-899/1000'), 'ask-whole'],
    ['206 with another length', on, 206, range('bytes 400-999/1000', { 'content-length': '5' }), 'ask-whole'],
    ['206 without a range', on, 206, {}, 'ask-whole'],
    ['206 with a range beyond counting', on, 206, range(`bytes 400-${'9'.repeat(30)}/*`), 'ask-whole'],
    ['206 that is compressed', on, 206, range('bytes 400-999/1000', { 'content-encoding': 'br' }), 'refuse'],
    ['416 that names what we have', on, 416, range('bytes */400'), 'all-there'],
    ['416 that names more', on, 416, range('bytes */1000'), 'ask-whole'],
    ['416 that names nothing', on, 416, {}, 'ask-whole'],
    ['416 to the whole file', whole, 416, {}, 'explain'],
    ['204', whole, 204, {}, 'explain'],
    ['403 to a range', on, 403, {}, 'explain'],
  ])('%s', (_what, plan, status, headers, kind) => {
    expect(decideAnswer(file, plan, { status, headers }).kind).toBe(kind);
  });

  it.each<[string, number | null, string]>([
    ['nobody told another total', null, 'all-there'],
    ['another total was told before', 1000, 'ask-whole'],
  ])('416 that names what we have, without a checksum, when %s', (_what, total, kind) => {
    const unlisted = { size: null, md5: null };
    const plan: ResumePlan = { ...on, record: { ...part, ...unlisted, total } };
    const answer = { status: 416, headers: range('bytes */400') };
    expect(decideAnswer({ ...file, ...unlisted }, plan, answer).kind).toBe(kind);
  });
});

describe('the validator that is kept', () => {
  const validator = (headers: Record<string, string>) => {
    const decision = decideAnswer(file, whole, { status: 200, headers });
    return decision.kind === 'write-whole' ? decision.record.validator : undefined;
  };
  const date = 'Tue, 03 Mar 2026 10:01:00 GMT';

  it.each<[string, Record<string, string>, string | null]>([
    ['a strong entity tag', { etag: '"a"', 'last-modified': date }, '"a"'],
    ['no weak one, nor the date beside it', { etag: 'W/"a"', 'last-modified': date, date }, null],
    [
      'a date that is a minute old',
      { 'last-modified': 'Tue, 03 Mar 2026 10:00:00 GMT', date },
      'Tue, 03 Mar 2026 10:00:00 GMT',
    ],
    [
      'no date that may change within its second',
      { 'last-modified': 'Tue, 03 Mar 2026 10:00:30 GMT', date },
      null,
    ],
    ['no date when there is none to compare with', { 'last-modified': date }, null],
    ['nothing', {}, null],
  ])('is %s', (_what, headers, kept) => {
    expect(validator(headers)).toBe(kept);
  });
});
