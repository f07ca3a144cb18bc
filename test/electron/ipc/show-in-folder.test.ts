import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createShowInFolder } from '../../../electron/ipc/show-in-folder.ts';

describe('showing a file in its folder', () => {
  it('shows a file that is there', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'cdr-show-')), 'a.csv');
    await writeFile(path, 'x');
    const shown: string[] = [];
    const show = createShowInFolder((one) => shown.push(one));
    expect(await show(path)).toEqual({ ok: true, value: null });
    expect(shown).toEqual([path]);
  });

  it('names a file that is gone instead of opening nothing', async () => {
    const shown: string[] = [];
    const show = createShowInFolder((one) => shown.push(one));
    const answer = await show(join(tmpdir(), 'cdr-desk-nowhere', 'gone.csv'));
    expect(answer).toMatchObject({ failure: { code: 'file-missing', subject: 'gone.csv' } });
    expect(shown).toEqual([]);
  });
});
