import { describe, expect, it } from 'vitest';
import { splitName } from '../../../renderer/ui/file-name.tsx';

describe('where a name has to be cut', () => {
  it.each([
    ['acme_CCA_SP_CDR_Daily_20240501.csv', '20240501.csv'],
    ['webex-calling_cdr_acme_20261101T000000Z_20261102T000000Z.csv', '20261101T000000Z_20261102T000000Z.csv'],
    ['yeastar_192.168.5.150_cdr_all_20261101_20261130.csv', '20261101_20261130.csv'],
    ['peak_ports_202611 (2).csv', '202611 (2).csv'],
  ])('its period stays: %s', (name, tail) => {
    expect(splitName(name)).toEqual([name.slice(0, -tail.length), tail]);
  });

  it.each([
    ['a name with no day in it at all.csv', 't at all.csv'],
    ['20261101_0123456789abcdef.zip', '89abcdef.zip'],
    ['recordings-2026110112.zip', '26110112.zip'],
    ['short', 'short'],
    ['😀😀', '😀😀'],
  ])('its end stays where no period is: %s', (name, tail) => {
    expect(splitName(name)).toEqual([name.slice(0, name.length - tail.length), tail]);
  });
});
