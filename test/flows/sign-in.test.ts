import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDay } from '../../electron/contract/calendar.ts';
import { type FaultyService, startFaultyService } from '../fakes/faulty-service.ts';
import { chooseSystem, fillSignIn, goTo } from './desk.ts';
import { type Desk, launchDesk } from './launch.ts';

let service: FaultyService;
let desk: Desk;

beforeAll(async () => {
  service = await startFaultyService({
    today: localDay(Date.now()),
    account: { name: 'acme-machine', password: 'Pass.word_9Q' },
  });
  desk = await launchDesk();
});
afterAll(async () => {
  await desk?.close();
  await service?.close();
});

describe('in the smallest window', () => {
  const resize = (width: number, height: number) =>
    desk.app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as const,
    );
  const usual = { width: 0, height: 0 };

  beforeAll(async () => {
    Object.assign(usual, await desk.window.evaluate(() => ({ width: innerWidth, height: innerHeight })));
    await resize(900, 600);
    await desk.window.waitForFunction(() => innerHeight === 600);
  });
  afterAll(async () => {
    await chooseSystem(desk.window, 'Cisco CCA');
    await resize(usual.width, usual.height);
  });

  it.each(['Cisco CCA', 'Webex Calling', 'Huawei contact center', 'Yeastar S-Series'])(
    'the button of %s is in sight from the start, and never over the field that has the keyboard',
    async (system) => {
      const { window } = desk;
      await chooseSystem(window, system);
      const button = window.getByRole('button', { name: 'Sign in', exact: true });
      const edges = async (what: typeof button) => {
        const box = await what.boundingBox();
        return { top: box?.y ?? Number.NaN, bottom: (box?.y ?? Number.NaN) + (box?.height ?? 0) };
      };
      expect((await edges(button)).bottom).toBeLessThanOrEqual(600);
      const fields = await window.getByRole('textbox').all();
      expect(fields.length).toBeGreaterThan(1);
      for (const field of fields) {
        await field.focus();
        const { top, bottom } = await edges(field);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(bottom).toBeLessThanOrEqual((await edges(button)).top);
      }
    },
  );
});

describe('signing in', () => {
  it('refuses a wrong password in words, and asks the service only once', async () => {
    const { window } = desk;
    await fillSignIn(window, service, 'not the password');
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    const alert = window.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/did not accept this sign-in/i);
    expect(await alert.textContent()).not.toMatch(/401|sign-in-refused/);
    expect(service.requests.filter(({ path }) => path === '/v1/oauth/token')).toHaveLength(1);
  });

  it('refuses plain http to another computer before anything is sent', async () => {
    const { window } = desk;
    await fillSignIn(window, { ...service, address: 'http://cdr.example.com/pcs/api' });
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await window
      .getByText(/https:\/\//)
      .first()
      .waitFor();
    expect(service.requests.filter(({ path }) => path === '/v1/oauth/token')).toHaveLength(1);
  });

  it('lets the right password in, and keeps it nowhere unless asked', async () => {
    const { window } = desk;
    await fillSignIn(window, service);
    expect(
      await window.getByRole('checkbox', { name: 'Keep me signed in on this computer' }).isChecked(),
    ).toBe(false);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await window.getByRole('radiogroup', { name: 'Report' }).waitFor();
    expect(await desk.profileHolds(service.account.password)).toEqual([]);
  });

  it('goes back to the sign-in screen when the service takes the access away', async () => {
    const { window } = desk;
    service.revokeTokens();
    service.setFaults(({ path }) =>
      path === '/v1/oauth/token' ? { kind: 'status', status: 401 } : undefined,
    );
    await goTo(window, 'Find files');
    await window.getByRole('button', { name: 'Find', exact: true }).click();
    await window.getByRole('heading', { name: 'Sign in' }).waitFor();
    await window
      .getByRole('alert')
      .filter({ hasText: /did not accept this sign-in/i })
      .waitFor();
    service.setFaults(null);
  });
});
