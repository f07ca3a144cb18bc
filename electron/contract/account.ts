import { z } from 'zod';
import type { Failure } from './failure.ts';

/** One thing to type when signing in, declared by the provider. */
export interface SignInField {
  readonly id: string;
  readonly label: string;
  readonly secret: boolean;
  readonly help?: string;
}

/** How one signs in to a system, as data. */
export interface SignInDeclaration {
  readonly provider: string;
  readonly label: string;
  readonly fields: readonly SignInField[];
  readonly defaultServerAddress: string;
}

export const signInSchema = z.object({
  provider: z.string().max(100),
  /** By field id. Never stored by the renderer, never sent back to it. */
  fields: z.record(z.string(), z.string().max(10_000)),
  serverAddress: z.string().max(2000),
  keep: z.boolean(),
});
export type SignIn = z.infer<typeof signInSchema>;

/** Who is signed in. Tokens and passwords are never part of it. */
export type AccountState =
  | {
      readonly status: 'signed-out';
      /** Why, when it was not the person's own wish. */
      readonly failure: Failure | null;
    }
  | {
      readonly status: 'signed-in';
      readonly provider: string;
      readonly providerLabel: string;
      readonly accountName: string;
      readonly serverAddress: string;
      readonly demo: boolean;
      /** True when the password is kept on this computer. */
      readonly kept: boolean;
      /** Set when it should have been kept but could not be. */
      readonly notKept: Failure | null;
    };
