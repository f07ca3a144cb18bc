import { describe, expect, it } from 'vitest';
import { failure, failureCodes } from '../../../electron/contract/failure.ts';
import { failureText, shortFailure, supportText } from '../../../renderer/words/failure-text.ts';

describe('the words for a failure', () => {
  it.each(failureCodes)('say what happened and what to do, in whole sentences: %s', (code) => {
    const { headline, next, short } = failureText(failure(code, 'detail'));
    expect(headline).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
    expect(short).toMatch(/^[a-z].*[^.]$/);
    expect(`${headline}${next}${short}`).not.toMatch(/[{}]|undefined/);
  });

  it('never show the code, the status or the technical detail', () => {
    for (const code of failureCodes) {
      const { headline, next } = failureText(failure(code, 'ECONNRESET at 10.0.0.1', { status: 503 }));
      expect(`${headline} ${next}`).not.toMatch(/ECONNRESET|503|10\.0\.0\.1/);
    }
  });

  it('put the subject where it belongs', () => {
    const { headline } = failureText(failure('wrong-checksum', '', { subject: 'march.zip' }));
    expect(headline).toBe('march.zip arrived damaged: its checksum is not the one that the service lists.');
  });

  it('say for what a disk has no room', () => {
    expect(failureText(failure('no-room', '')).headline).toBe(
      'The disk has not enough room for these files.',
    );
    const { headline } = failureText(failure('no-room', '', { subject: 'march.zip' }));
    expect(headline).toBe('The disk has not enough room for march.zip.');
  });

  it('stand without a subject', () => {
    expect(failureText(failure('wrong-checksum', '')).headline).toMatch(/^The file arrived damaged/);
  });

  it('leave a subject alone that looks like a replacement pattern', () => {
    expect(failureText(failure('not-ready', '', { subject: '$& {x}' })).headline).toContain('$& {x}');
  });

  it('say how long the service asks to wait', () => {
    const { next } = failureText(failure('too-many-connections', '', { retryAfterMs: 120_000 }));
    expect(next).toMatch(/The service asks to wait 2 min\.$/);
  });

  it('have a short form for a code alone', () => {
    expect(shortFailure('disk-full')).toBe('the disk is full');
  });
});

describe('the text for support', () => {
  it('holds the code, the status, the subject, the detail and the version', () => {
    const text = supportText(failure('service-down', 'GET answered 503', { status: 503, subject: 'a.zip' }), {
      version: '1.2.3',
      platform: 'Windows 11',
    });
    expect(text.split('\n').slice(1)).toEqual([
      'Code: service-down',
      'HTTP status: 503',
      'About: a.zip',
      'Detail: GET answered 503',
      'CDR Desk 1.2.3, Windows 11',
    ]);
  });

  it('holds the fingerprint of the certificate that it is about', () => {
    const unknown = failure('certificate-unknown', 'self-signed', { fingerprint: 'AB:CD' });
    expect(supportText(unknown, null)).toMatch(/^Fingerprint \(SHA-256\): AB:CD$/m);
  });

  it('leaves out what is not known', () => {
    expect(supportText(failure('timed-out', 'no answer'), null)).not.toMatch(/status|About|CDR Desk/);
  });
});
