import { describe, expect, it } from 'vitest';
import {
  ownChangeSchema,
  settingsChangeSchema,
  settingsSchema,
} from '../../../electron/contract/settings.ts';

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

describe('a change of what is set for one account', () => {
  it.each([[{ filesAtOnce: 1 }], [{ filesAtOnce: null }], [{ folder: null }], [{}]])(
    'may be %j',
    (change) => {
      expect(ownChangeSchema.parse(change)).toEqual(change);
    },
  );

  it.each([[{ filesAtOnce: 0 }], [{ filesAtOnce: 21 }], [{ folder: '/x' }], [{ kept: true }]])(
    'is not %j',
    (change) => {
      expect(ownChangeSchema.safeParse(change).success).toBe(false);
    },
  );
});

describe('the settings of somebody who never opened the screen', () => {
  it('are six files at once, the theme of the system, and nothing kept', () => {
    expect(settingsSchema.parse({})).toMatchObject({ atOnce: 6, theme: 'system', keepSignedIn: false });
  });
});
