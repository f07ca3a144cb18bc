import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../electron/providers/cisco-cca/endpoints.ts';
import { explainFile, readJson } from '../../../../electron/providers/cisco-cca/explain-answer.ts';

const now = Date.UTC(2026, 2, 15, 12);
const answer = (status: number, text = '', headers: Record<string, string> = {}) => ({
  status,
  text,
  headers,
});
const list = (call: Call, ...args: Parameters<typeof answer>) => {
  const read = readJson(call, answer(...args), now);
  if (read.ok) throw new Error('not a failure');
  return read.failure;
};

describe('readJson', () => {
  it('gives the JSON of any 2xx', () => {
    expect(readJson('sites', answer(200, ' {"total":0} '), now)).toEqual({ ok: true, value: { total: 0 } });
    expect(readJson('sites', answer(201, '[]'), now)).toEqual({ ok: true, value: [] });
  });

  it.each([
    [200, '', 'empty-answer'],
    [204, ' \n', 'empty-answer'],
    [200, '<!DOCTYPE html><title>Proxy</title>', 'html-answer'],
    [200, '\n<html></html>', 'html-answer'],
    [200, '{"total":1,"items":[', 'broken-json'],
    [200, 'OK', 'broken-json'],
  ])('explains %i with %j as %s', (status, text, code) => {
    expect(list('archives', status, text)).toMatchObject({ code, status });
  });

  it.each<[number, Call, string]>([
    [401, 'archives', 'access-lost'],
    [404, 'archives', 'not-found'],
    [406, 'archives', 'bad-request'],
    [412, 'site-files', 'not-ready'],
    [412, 'peak-port', 'not-ready'],
    [429, 'archives', 'too-many-connections'],
    [500, 'sites', 'service-down'],
    [503, 'sites', 'service-down'],
    [599, 'sites', 'service-down'],
    [400, 'sites', 'unexpected-status'],
    [302, 'sites', 'unexpected-status'],
    [418, 'sites', 'unexpected-status'],
    [403, 'sites', 'not-available'],
    [403, 'site-files', 'not-available'],
    [403, 'archives', 'not-ready'],
    [403, 'peak-port', 'not-ready'],
  ])('explains %i to %s as %s', (status, call, code) => {
    expect(list(call, status)).toMatchObject({ code, status });
  });

  it.each([400, 401, 403, 406])('explains %i when signing in as a refusal of name or password', (status) => {
    expect(list('sign-in', status).code).toBe('sign-in-refused');
  });

  it.each([
    [404, 'not-found'],
    [429, 'too-many-connections'],
    [502, 'service-down'],
  ])('does not blame the password for a %i when signing in', (status, code) => {
    expect(list('sign-in', status).code).toBe(code);
  });

  it('does not call a list expired: what says so is not available now', () => {
    expect(list('archives', 403, 'The file has expired').code).toBe('not-available');
  });

  it('knows a running generation by its words too', () => {
    expect(list('site-files', 403, '{"message":"daily generation in progress"}').code).toBe('not-ready');
  });

  it('says when to look again for a report that is being made', () => {
    expect(list('peak-port', 412).retryAfterMs).toBe(300_000);
    expect(list('peak-port', 412, '', { 'retry-after': '60' }).retryAfterMs).toBe(60_000);
  });

  it('passes on how long the service wants to be left alone', () => {
    expect(list('archives', 429, '', { 'retry-after': '7' }).retryAfterMs).toBe(7000);
    expect(list('archives', 429, '', { 'retry-after': 'Sun, 15 Mar 2026 12:00:09 GMT' }).retryAfterMs).toBe(
      9000,
    );
    expect(list('archives', 503, '', { 'retry-after': '3' }).retryAfterMs).toBe(3000);
    expect(list('archives', 429)).not.toHaveProperty('retryAfterMs');
  });

  it('puts nothing of the body into the technical detail', () => {
    for (const status of [200, 401, 403, 406, 500]) {
      expect(list('archives', status, 'secret-token <html>').detail).not.toContain('secret');
    }
  });
});

describe('explainFile', () => {
  const file = { name: 'a.csv', expiresAt: now + 1000, attemptsCounted: 3 };

  it('calls a file expired whose time is past, whatever the body says', () => {
    const failure = explainFile({ ...file, expiresAt: now - 1 }, answer(403, 'generation in progress'), now);
    expect(failure).toMatchObject({ code: 'expired', status: 403, subject: 'a.csv' });
    expect(failure).not.toHaveProperty('retryAfterMs');
  });

  it('calls the attempts used up from 999 on', () => {
    const code = (attemptsCounted: number | null) =>
      explainFile({ ...file, attemptsCounted }, answer(403), now).code;
    expect([code(998), code(999), code(1500), code(null)]).toEqual([
      'not-available',
      'attempts-used-up',
      'attempts-used-up',
      'not-available',
    ]);
  });

  it.each([
    ['The file has expired.', 'expired'],
    ['download attempts exceeded the maximum', 'attempts-used-up'],
    ['{"message":"Not available: daily report generation in progress"}', 'being-prepared'],
  ])('believes a body that names one cause: %j', (text, code) => {
    expect(explainFile(file, answer(403, text), now).code).toBe(code);
  });

  it.each([
    '',
    'Forbidden',
    'File is being generated, has expired or exceeded the download attempts',
    '<html><body>Your session has expired</body></html>',
    'The access token has expired',
    `expired ${'x'.repeat(3000)}`,
  ])('does not choose when the body does not clearly name one cause: %j', (text) => {
    expect(explainFile(file, answer(403, text), now)).toMatchObject({
      code: 'not-available',
      retryAfterMs: 300_000,
    });
  });

  it('tries a file again that is being prepared, after five minutes or when the service says', () => {
    expect(explainFile(file, answer(403, 'generation in progress'), now).retryAfterMs).toBe(300_000);
    const withHeader = answer(403, 'generation in progress', { 'retry-after': '30' });
    expect(explainFile(file, withHeader, now).retryAfterMs).toBe(30_000);
  });

  it.each([
    [204, 'empty-answer'],
    [302, 'unexpected-status'],
    [401, 'access-lost'],
    [404, 'not-found'],
    [406, 'bad-request'],
    [412, 'not-ready'],
    [429, 'too-many-connections'],
    [500, 'service-down'],
  ])('explains %i as %s', (status, code) => {
    expect(explainFile(file, answer(status), now)).toMatchObject({ code, status, subject: 'a.csv' });
  });
});
