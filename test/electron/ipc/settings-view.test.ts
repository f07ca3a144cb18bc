import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { createSettingsView } from '../../../electron/ipc/settings-view.ts';

const viewOf = (chosen: string | null, ofAccount: string | null) =>
  createSettingsView({
    settings: { get: () => settingsSchema.parse({ folder: chosen }) },
    accounts: { folder: () => ofAccount },
    vault: { available: async () => true },
    standardFolder: '/home/me/Downloads',
    defaultServerAddress: 'https://cdr.example.com',
  });

describe('where files go, as the screens see it', () => {
  it.each([
    ["the system's folder until one is chosen", null, null, '/home/me/Downloads', '/home/me/Downloads'],
    ['the chosen folder', '/reports', null, '/reports', '/reports'],
    ["the current account's own folder before that of all", '/reports', '/acme', '/acme', '/reports'],
  ])('is %s', async (_rule, chosen, ofAccount, effectiveFolder, commonFolder) => {
    const { view, commonFolder: common } = viewOf(chosen, ofAccount);
    expect(await view()).toMatchObject({ effectiveFolder, commonFolder });
    expect(common()).toBe(commonFolder);
  });
});
