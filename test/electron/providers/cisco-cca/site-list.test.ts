import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  isCompleteSiteList,
  isCompleteSiteListFile,
} from '../../../../electron/providers/cisco-cca/site-list.ts';

const heading = 'SITENAME|SITEURL|SITEID|SITEUUID|SUBSCRIPTIONREFID|SUBSCRIPTIONSTARTTIME';
const row = 'acme|acme.webex.com|555001|0A1B2C3D4E5F60718293A4B5C6D7E8F9|SUB77|4/2/2024T00:00:00+0000';

describe('isCompleteSiteList', () => {
  it.each([
    ['one site', [heading, row, 'Total:1']],
    ['no site', [heading, 'Total:0']],
    ['a byte order mark and blank lines', [`\ufeff${heading}`, '', row, '  ', row, 'Total:2', '']],
    ['a total in other letters and blanks', [heading, row, ' TOTAL : 1 ']],
    ['a total filled up with columns', [heading, row, 'Total:1|||||']],
    ['a site whose name is Total', [heading, row.replace('acme|', 'Total|'), 'Total:1']],
    ['columns in another order', [`SITEID|${heading}`, row, 'Total:1']],
  ])('agrees with its total: %s', async (_, lines) => {
    expect(await isCompleteSiteList(lines)).toBe(true);
  });

  it.each([
    ['fewer rows than the total', [heading, row, 'Total:2']],
    ['more rows than the total', [heading, row, row, 'Total:1']],
    ['no total: cut off', [heading, row]],
    ['nothing at all', []],
    ['a total that is no number', [heading, row, 'Total:']],
  ])('may be incomplete: %s', async (_, lines) => {
    expect(await isCompleteSiteList(lines)).toBe(false);
  });

  it('reads a file with line ends of any kind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'site-list-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'list.csv');
    await writeFile(path, `\ufeff${heading}\r\n${row}\r\n${row}\nTotal:2\r\n`);
    expect(await isCompleteSiteListFile(path)).toBe(true);
  });
});
