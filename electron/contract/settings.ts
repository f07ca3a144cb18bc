import { z } from 'zod';

export const MOST_AT_ONCE = 20;

/** What a person can set. The defaults are the answers for somebody who never opens the screen. */
export const settingsSchema = z.object({
  /** Where files go; null until chosen: then the system's Downloads folder. */
  folder: z.string().min(1).max(4000).nullable().default(null),
  /** Files downloaded at the same time. */
  atOnce: z.number().int().min(1).max(MOST_AT_ONCE).default(6),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Offered on the sign-in screen; null: the provider's documented address. */
  serverAddress: z.string().max(2000).nullable().default(null),
  keepSignedIn: z.boolean().default(false),
  /** Who was signed in last, to save typing and to sign in again. */
  lastProvider: z.string().max(100).nullable().default(null),
  lastAccountName: z.string().max(500).nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

const { atOnce, theme, keepSignedIn, serverAddress } = settingsSchema.shape;

/**
 * What the settings screen may change; the rest is changed by signing in. Without the defaults: what a change
 * leaves out stays as it is.
 */
export const settingsChangeSchema = z
  .strictObject({
    atOnce: atOnce.unwrap(),
    theme: theme.unwrap(),
    keepSignedIn: keepSignedIn.unwrap(),
    serverAddress: serverAddress.unwrap(),
  })
  .partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export interface SettingsView extends Settings {
  /** The folder that files go to now, chosen or not. */
  readonly effectiveFolder: string;
  readonly defaultServerAddress: string;
  /** Whether this computer can keep a password safely. */
  readonly canKeepPassword: boolean;
}
