import { describe, expect, it } from 'vitest';
import { settingsChangeSchema, settingsSchema } from '../../../electron/contract/settings.ts';

describe('a change of settings', () => {
  it('holds what was changed, and no defaults for the rest', () => {
    expect(settingsChangeSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
    expect(settingsChangeSchema.parse({})).toEqual({});
  });

  it.each([
    [{ atOnce: 0 }],
    [{ atOnce: 21 }],
    [{ theme: 'pink' }],
    [{ folder: '/x' }],
    [{ lastAccountName: 'me' }],
  ])('is not %j', (change) => {
    expect(settingsChangeSchema.safeParse(change).success).toBe(false);
  });
});

describe('the settings of somebody who never opened the screen', () => {
  it('are six files at once, the theme of the system, and nothing kept', () => {
    expect(settingsSchema.parse({})).toMatchObject({ atOnce: 6, theme: 'system', keepSignedIn: false });
  });
});
