import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRows } from '../../../../electron/providers/webex-calling/count-rows.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdr-count-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function count(text: string): Promise<number> {
  const path = join(folder, 'file');
  await writeFile(path, text);
  return countRows(path);
}

describe('the records of a file that was made', () => {
  it.each([
    ['nothing', '', 0],
    ['a heading alone', '\uFEFFa,b\r\n', 0],
    ['a heading and two rows', 'a,b\r\n1,2\r\n3,4\r\n', 2],
    ['line breaks and quotes in a cell', 'a,b\r\n"x\r\n""y""\n",2\r\n3,4\r\n', 2],
    ['lines of JSON, with quotes in them', '{"a":"x\\"y"}\n{"a":"z"}\n', 2],
    ['more than is read at once', `a\n${'12345678\n'.repeat(100_000)}`, 100_000],
  ])('are counted: %s', async (_, text, rows) => {
    expect(await count(text)).toBe(rows);
  });
});
