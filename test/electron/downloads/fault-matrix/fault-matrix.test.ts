/**
 * Every fault, on a fresh download and on one that has a part: it ends in the right file, byte for byte, or in the
 * right failure, after as many attempts as the policy allows, and never with a wrong file under the final name. What
 * came of each is in `test-output/fault-matrix.md`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { play } from './play.ts';
import { type Ending, faultRows } from './rows.ts';
import { faultTable } from './table.ts';

const played = faultRows.map((row) => ({ row, came: new Map<'fresh' | 'resumed', Ending>() }));

describe.concurrent('a fault', () => {
  for (const { row, came } of played) {
    for (const how of ['fresh', 'resumed'] as const) {
      const expected = row[how];
      if (!expected) continue;
      it(`${row.fault}; ${how}: ${expected.end} after ${expected.attempts}`, async () => {
        const ending = await play(row, how);
        came.set(how, ending);
        expect(ending).toEqual(expected);
      });
    }
  }
});

afterAll(async () => {
  const table = faultTable(played.map(({ row, came }) => ({ row, ...Object.fromEntries(came) })));
  const folder = join(import.meta.dirname, '../../../../test-output');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'fault-matrix.md'), `# What comes of each fault\n\n${table}`);
  process.stdout.write(`\n${table}\n`);
});
