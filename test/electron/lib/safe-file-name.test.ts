import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from '../../../electron/lib/safe-file-name.ts';

/** Text made of what hurts: separators, dots, blanks, device names, marks, halves of surrogate pairs. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'/\\.:*?"<>| \u0000\n\u001f\u007f\u0085\u00a0\u2028'),
      fc.constantFrom('..', '../', 'CON', 'nul', 'COM1', 'lpt²', 'aux ', '.csv', '\ud83d', '\ude00', '😀'),
      fc.constantFrom('\u200b', '\u202e', '\ufeff', '\u00ad', '\u0301', 'e', 'ä', 'a\u0308', '\u{e0041}'),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('safeFileName', () => {
  it.each([
    'CCA_SP_CDR_Daily_20240501.zip',
    'acme_CCA_SP_CDR_Daily_20240501.csv',
    'Größe (2).csv',
    'console.csv',
    'com10.txt',
    '報告.csv',
  ])('leaves %s as it is', (name) => {
    expect(safeFileName(name)).toBe(name);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\Windows\\system.ini', 'system.ini'],
    ['/absolute.csv', 'absolute.csv'],
    ['C:\\temp\\a.csv', 'a.csv'],
    ['folder/', 'folder'],
    ['folder/..', 'folder'],
  ])('takes the last part of the path %j', (raw, name) => {
    expect(safeFileName(raw)).toBe(name);
  });

  it.each([
    ['a:b.csv', 'a_b.csv'],
    ['what?*.csv', 'what__.csv'],
    ['<a>|"b".csv', '_a___b_.csv'],
    ['a\u0000b\nc.csv', 'a_b_c.csv'],
    ['a\u2028b', 'a_b'],
  ])('replaces reserved and control characters in %j', (raw, name) => {
    expect(safeFileName(raw)).toBe(name);
  });

  it.each([
    ['CON', '_CON'],
    ['con.csv', '_con.csv'],
    ['Nul.tar.gz', '_Nul.tar.gz'],
    ['COM1.csv', '_COM1.csv'],
    ['lpt9', '_lpt9'],
    ['COM¹.txt', '_COM¹.txt'],
    ['LPT³', '_LPT³'],
    ['aux .csv', '_aux .csv'],
    ['prn...', '_prn'],
    ['CONIN$', '_CONIN$'],
  ])('never gives the name of a Windows device: %s', (raw, name) => {
    expect(safeFileName(raw)).toBe(name);
  });

  it.each([
    ['report.csv. . .', 'report.csv'],
    ['report ', 'report'],
    [' .hidden.csv', 'hidden.csv'],
    ['report\u00a0', 'report'],
  ])('drops dots and blanks at the ends of %j', (raw, name) => {
    expect(safeFileName(raw)).toBe(name);
  });

  it.each(['', '.', '..', '../..', ' . ', '\u200b', '///'])(
    'calls what has no name left "file": %j',
    (raw) => {
      expect(safeFileName(raw)).toBe('file');
    },
  );

  it('removes characters that hide or turn the text', () => {
    expect(safeFileName('invoice\u202evsc.exe')).toBe('invoicevsc.exe');
    expect(safeFileName('a\u200b\ufeff\u00adb.csv')).toBe('ab.csv');
  });

  it('joins letters and marks into one form, also across removed characters', () => {
    expect(safeFileName('a\u0308.csv')).toBe('ä.csv');
    expect(safeFileName('a\u200b\u0308.csv')).toBe('ä.csv');
  });

  it('cuts 300 characters before the extension', () => {
    const name = safeFileName(`${'a'.repeat(296)}.csv`);
    expect(name).toBe(`${'a'.repeat(176)}.csv`);
  });

  it('cuts by bytes too, and never through a surrogate pair', () => {
    const name = safeFileName(`${'😀'.repeat(100)}.csv`);
    expect(name).toBe(`${'😀'.repeat(59)}.csv`);
  });

  it('takes a long tail after a dot for a part of the name', () => {
    expect(safeFileName(`a.${'b'.repeat(300)}`)).toHaveLength(180);
  });

  it('does not cut a name down to that of a device', () => {
    expect(safeFileName(`CON${' '.repeat(250)}x.csv`)).toBe('_CON.csv');
  });

  it('leaves a safe name as it is, whatever it was made of', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const name = safeFileName(raw);
        expect(safeFileName(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it('always gives a name that every file system takes as one plain name', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const name = safeFileName(raw);
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(name).not.toMatch(/^[. ]|[. ]$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i);
        expect(name).toBe(name.normalize('NFC'));
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(180);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
      }),
      { numRuns: 2000 },
    );
  });
});
