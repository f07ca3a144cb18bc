import { z } from 'zod';
import { signInSchema } from './account.ts';
import type { Area, CallName, Calls } from './calls.ts';
import { addDownloadsSchema, whichDownloadsSchema } from './download.ts';
import { historyQuerySchema } from './history.ts';
import { criteriaSchema } from './report.ts';
import { ownChangeSchema, settingsChangeSchema } from './settings.ts';

type InputOf<F> = F extends () => unknown ? undefined : F extends (input: infer I) => unknown ? I : never;

const nothing = z.undefined();
const id = z.string().min(1).max(200);
const accountKey = z.string().max(5000);
const rowId = z.number().int().positive();

/** The schema of each call's input. What does not fit is answered with `bad-input` and reaches no handler. */
export const callInputs: {
  readonly [A in Area]: { readonly [C in CallName<A>]: z.ZodType<InputOf<Calls[A][C]>> };
} = {
  account: {
    systems: nothing,
    state: nothing,
    signIn: signInSchema,
    chooseCertificates: nothing,
    cancelSignIn: nothing,
    startDemo: z.object({ provider: id }),
    switchTo: z.object({ key: accountKey }),
    signOut: z.object({ key: accountKey }),
    forget: z.object({ key: accountKey }),
    change: z.object({ key: accountKey, change: ownChangeSchema }),
    chooseFolder: z.object({ key: accountKey }),
  },
  reports: {
    list: nothing,
    lookup: z.object({ reportId: id, fieldId: id }),
    find: z.object({ findId: id, reportId: id, criteria: criteriaSchema }),
    cancelFind: z.object({ findId: id }),
  },
  downloads: {
    list: z.object({ after: z.number().int().nullable() }),
    add: addDownloadsSchema,
    pause: whichDownloadsSchema,
    resume: whichDownloadsSchema,
    cancel: whichDownloadsSchema,
    retry: whichDownloadsSchema,
    startNow: z.array(rowId).max(200_000),
    clearFinished: nothing,
    showInFolder: rowId,
  },
  history: {
    search: historyQuerySchema,
    showInFolder: rowId,
    checkAgain: rowId,
    downloadAgain: rowId,
  },
  manifest: {
    checkFolder: z.object({ checkId: id }),
    cancelCheck: z.object({ checkId: id }),
  },
  settings: {
    get: nothing,
    change: settingsChangeSchema,
    chooseFolder: nothing,
    chooseCommonFolder: nothing,
  },
  desktop: {
    about: nothing,
    copyText: z.string().max(100_000),
  },
};
