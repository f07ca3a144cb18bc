import { z } from 'zod';
import { LONGEST_FIELD } from './account.ts';

export const MOST_AT_ONCE = 20;
/** Bytes a second. Less would let connections run into their timeouts. */
export const LEAST_SPEED_LIMIT = 50_000;

/** A time on this computer's clock, `HH:MM`. */
const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * When downloads may run, from one time of day up to another; `from` later than `to` goes over midnight, the same
 * time for both is the whole day.
 */
export const hoursSchema = z.strictObject({ from: timeOfDaySchema, to: timeOfDaySchema });
export type Hours = z.infer<typeof hoursSchema>;

const atOnceSchema = z.number().int().min(1).max(MOST_AT_ONCE);

/** An account that somebody has signed in with on this computer. */
export const storedAccountSchema = z.object({
  /** Tells accounts apart: provider, server and account name. */
  key: z.string().max(5000),
  provider: z.string().max(100),
  name: z.string().max(500),
  serverAddress: z.string().max(2000),
  /** What was typed when signing in, by field id, without the secrets. */
  fields: z.record(z.string(), z.string().max(LONGEST_FIELD)),
  /** Where its files go; null: where the settings say. */
  folder: z.string().min(1).max(4000).nullable().default(null),
  /** How many of its files are downloaded at the same time, within what the settings say; null: as many as they say. */
  filesAtOnce: atOnceSchema.nullable().catch(null),
  /** Whether its secrets are kept, so that it is signed in again at the next start. */
  kept: z.boolean(),
});
export type StoredAccount = z.infer<typeof storedAccountSchema>;

/** What a person sets for one account alone. */
export type OwnSettings = Pick<StoredAccount, 'folder' | 'filesAtOnce'>;
/** What it leaves out stays as it is. */
export type OwnSettingsChange = { readonly [K in keyof OwnSettings]?: OwnSettings[K] | undefined };

/** What the settings screen may change of an account. A folder is picked, never typed: here it can only be left. */
export const ownChangeSchema = z
  .strictObject({ filesAtOnce: atOnceSchema.nullable(), folder: z.null() })
  .partial();
export type OwnChange = z.infer<typeof ownChangeSchema>;

/** What a person can set. The defaults are the answers for somebody who never opens the screen. */
export const settingsSchema = z.object({
  /** Where files go; null until chosen: then the system's Downloads folder. */
  folder: z.string().min(1).max(4000).nullable().default(null),
  /** Files downloaded at the same time. */
  atOnce: atOnceSchema.default(6),
  /** Bytes a second for the whole queue; null: as fast as it goes. */
  speedLimit: z.number().int().min(LEAST_SPEED_LIMIT).max(100_000_000_000).nullable().default(null),
  /** When downloads may run; null: at any time. */
  hours: hoursSchema.nullable().default(null),
  /** Whether each download leaves a `manifest.csv` beside its files. */
  leaveManifest: z.boolean().default(false),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Offered on the sign-in screen; null: the provider's documented address. */
  serverAddress: z.string().max(2000).nullable().default(null),
  keepSignedIn: z.boolean().default(false),
  /** Who was signed in last, to save typing and to sign in again. */
  lastProvider: z.string().max(100).nullable().default(null),
  lastAccountName: z.string().max(500).nullable().default(null),
  /** In the order in which they were added. */
  accounts: z.array(storedAccountSchema).max(100).default([]),
  /** The account that the screens were about last, by its key. */
  currentAccount: z.string().max(5000).nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

/** How many files of an account a person wants at the same time; null: as many as of all together. */
export const filesAtOnceOf = ({ accounts }: Pick<Settings, 'accounts'>, accountKey: string): number | null =>
  accounts.find(({ key }) => key === accountKey)?.filesAtOnce ?? null;

const { atOnce, speedLimit, hours, leaveManifest, theme, keepSignedIn, serverAddress } = settingsSchema.shape;

/**
 * What the settings screen may change; the rest is changed by signing in. Without the defaults: what a change
 * leaves out stays as it is.
 */
export const settingsChangeSchema = z
  .strictObject({
    atOnce: atOnce.unwrap(),
    speedLimit: speedLimit.unwrap(),
    hours: hours.unwrap(),
    leaveManifest: leaveManifest.unwrap(),
    theme: theme.unwrap(),
    keepSignedIn: keepSignedIn.unwrap(),
    serverAddress: serverAddress.unwrap(),
  })
  .partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export interface SettingsView extends Settings {
  /** The folder that files of the current account go to now, chosen or not. */
  readonly effectiveFolder: string;
  /** The folder that files go to of every account that has none of its own, chosen or not. */
  readonly commonFolder: string;
  readonly defaultServerAddress: string;
  /** Whether this computer can keep a password safely. */
  readonly canKeepPassword: boolean;
}
