import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download, find, goTo, rowOf, untilAllDone } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await launchDesk({ args: ['--demo'] });
});
afterAll(() => desk?.close());

describe('starting with --demo', () => {
  it('goes straight into the sample data', async () => {
    const { window } = desk;
    await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
    await window.getByText('Sample data').first().waitFor();
    expect(await find(window)).toMatch(/^\d+ files found/);
  });

  it('goes on with what was paused, though its server has another port after a restart', async () => {
    await desk.window.getByRole('button', { name: 'Last 7 days', exact: true }).click();
    await find(desk.window);
    await download(desk.window);
    await desk.window.getByRole('button', { name: 'Pause all' }).click();
    await rowOf(desk.window, 'Downloads', 'Paused').first().waitFor();

    desk = await desk.restart({ args: ['--demo'] });
    await goTo(desk.window, 'Downloads');
    await desk.window.getByRole('button', { name: 'Resume all' }).click();
    await untilAllDone(desk.window);
    expect(await rowOf(desk.window, 'Downloads', 'Verified').count()).toBeGreaterThan(0);
    expect(await rowOf(desk.window, 'Downloads', 'Failed').count()).toBe(0);
  });

  it('leaves nothing listening when the sample data is left', async () => {
    const { app, window } = desk;
    const address = await window.evaluate(async () => {
      const state = await Reflect.get(window, 'cdr').account.state();
      const { accounts, current } = state.value;
      return String(accounts.find(({ key }: { key: string }) => key === current).serverAddress);
    });
    expect(new URL(address).hostname).toBe('127.0.0.1');
    await expect(fetch(`${address}/v1/cdr`)).resolves.toMatchObject({ status: 401 });
    await window.getByRole('link', { name: 'Settings' }).click();
    await window.getByRole('button', { name: 'Sign out', exact: true }).click();
    await window.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expect
      .poll(() =>
        fetch(`${address}/v1/cdr`).then(
          () => 'listens',
          () => 'closed',
        ),
      )
      .toBe('closed');
    expect(app.windows()).toHaveLength(1);
  });
});
