import { describe, expect, it } from 'vitest';
import { type QuittingApp, quitInOrder } from '../../../electron/desktop/quit.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** An application that goes as soon as nobody holds it back, as Electron's does. */
function createApp() {
  const listeners: Parameters<QuittingApp['on']>[1][] = [];
  const app = {
    gone: false,
    on(_event: 'before-quit', listener: (typeof listeners)[number]) {
      listeners.push(listener);
    },
    quit() {
      let held = false;
      const preventDefault = () => {
        held = true;
      };
      for (const listener of listeners) listener({ preventDefault });
      if (!held) app.gone = true;
    },
  };
  return app;
}

function setUp(...steps: (() => Promise<void> | void)[]) {
  const app = createApp();
  const clock = createFakeClock();
  const bugs: unknown[] = [];
  quitInOrder(app, { steps, clock, onBug: (error) => bugs.push(error) });
  return { app, clock, bugs };
}

describe('quitting', () => {
  it('waits for every step, one after the other, and then goes', async () => {
    const done: string[] = [];
    let stopped = () => {};
    const { app } = setUp(
      () =>
        new Promise<void>((resolve) => {
          stopped = () => {
            done.push('downloads');
            resolve();
          };
        }),
      () => void done.push('database'),
    );
    app.quit();
    await settle();
    expect({ gone: app.gone, done }).toEqual({ gone: false, done: [] });
    stopped();
    await settle();
    expect({ gone: app.gone, done }).toEqual({ gone: true, done: ['downloads', 'database'] });
  });

  it('begins once, however often it is asked for', async () => {
    let begun = 0;
    const { app } = setUp(() => {
      begun += 1;
    });
    app.quit();
    app.quit();
    await settle();
    expect({ gone: app.gone, begun }).toEqual({ gone: true, begun: 1 });
  });

  it('goes on with the next step when one fails, and tells of it', async () => {
    let closed = false;
    const { app, bugs } = setUp(
      () => Promise.reject(new Error('first')),
      () => {
        throw new Error('second');
      },
      () => {
        closed = true;
      },
    );
    app.quit();
    await settle();
    expect({ gone: app.gone, closed }).toEqual({ gone: true, closed: true });
    expect(bugs).toEqual([new Error('first'), new Error('second')]);
  });

  it('does not wait for longer than ten seconds', async () => {
    const { app, clock } = setUp(() => new Promise(() => {}));
    app.quit();
    await clock.advance(9999);
    expect(app.gone).toBe(false);
    await clock.advance(1);
    expect(app.gone).toBe(true);
  });
});
