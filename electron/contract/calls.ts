/**
 * Every request that the renderer can make of the main process: what goes in, and what comes out. Each one
 * resolves to a `Result`; none rejects. `call-inputs.ts` holds the schema of each input.
 */
import type { AccountState, SignIn, SignInDeclaration } from './account.ts';
import type { AddDownloads, DownloadPage, WhichDownloads } from './download.ts';
import type { CheckResult, HistoryPage, HistoryQuery } from './history.ts';
import type { FolderCheck } from './manifest.ts';
import type { Criteria, FoundFiles, ReportDeclaration } from './report.ts';
import type { OwnChange, SettingsChange, SettingsView } from './settings.ts';

export interface Calls {
  account: {
    /** How one can sign in: the systems, their fields and addresses. */
    systems(): readonly SignInDeclaration[];
    state(): AccountState;
    /** Adds the account to those that are signed in, and makes it the current one. */
    signIn(input: SignIn): AccountState;
    /**
     * Lets the person pick a file for a sign-in field that takes certificates; answers with the field's value, or null when
     * they picked none. Failure `not-a-certificate`.
     */
    chooseCertificates(): string | null;
    /** Ends a sign-in that is under way: it answers with failure `cancelled`. */
    cancelSignIn(): null;
    /** Starts the sample service of a system and signs in to it. */
    startDemo(input: { provider: string }): AccountState;
    /** Makes another account the one that the screens are about. Failure `signed-out`: somebody has to sign in first. */
    switchTo(input: { key: string }): AccountState;
    /** Pauses what is running, forgets the token and the kept password. The queue stays. */
    signOut(input: { key: string }): AccountState;
    /** Signs out, and takes the account off the list. Queue and history stay. */
    forget(input: { key: string }): AccountState;
    /** Changes what is set for this account alone, signed in or not. */
    change(input: { key: string; change: OwnChange }): AccountState;
    /** Lets the person pick the folder that files of this account alone go to. Cancelling changes nothing. */
    chooseFolder(input: { key: string }): AccountState;
  };
  reports: {
    /** The reports of the signed-in system. */
    list(): readonly ReportDeclaration[];
    /** The values of a lookup field, in the order to show them. */
    lookup(input: { reportId: string; fieldId: string }): readonly string[];
    /** Lists everything that fits the criteria. Progress comes as events; `findId` is the caller's own. */
    find(input: { findId: string; reportId: string; criteria: Criteria }): FoundFiles;
    /** Stops a find at once, between pages and within one. */
    cancelFind(input: { findId: string }): null;
  };
  downloads: {
    /** A page of the queue: its first rows, or those after an id. */
    list(input: { after: number | null }): DownloadPage;
    /**
     * Puts files of a listing into the queue. Answers with how many were new to it. Failure `no-room`: the disk has
     * not enough room for them and for what is queued already; nothing was added.
     */
    add(input: AddDownloads): { added: number; alreadyQueued: number };
    pause(which: WhichDownloads): null;
    resume(which: WhichDownloads): null;
    cancel(which: WhichDownloads): null;
    retry(which: WhichDownloads): null;
    /** Puts waiting, paused and failed rows at the front, and starts them whatever the hours. */
    startNow(which: readonly number[]): null;
    /** Takes finished rows off the list. Files and history stay. */
    clearFinished(): null;
    showInFolder(id: number): null;
  };
  history: {
    search(query: HistoryQuery): HistoryPage;
    showInFolder(id: number): null;
    /** Reads the file on disk again and compares it with what arrived. */
    checkAgain(id: number): CheckResult;
    /** Puts the file into the queue again, to the same folder. */
    downloadAgain(id: number): null;
  };
  manifest: {
    /** Lets the person pick a folder and compares its files with its manifest; null when they picked none. */
    checkFolder(input: { checkId: string }): FolderCheck | null;
    /** Stops a check at once. */
    cancelCheck(input: { checkId: string }): null;
  };
  settings: {
    get(): SettingsView;
    change(change: SettingsChange): SettingsView;
    /**
     * Lets the person pick the folder that files of the current account go to: its own one where there are several
     * accounts. Cancelling changes nothing and answers as `get` does.
     */
    chooseFolder(): SettingsView;
    /** The same for the folder that files go to of every account that has none of its own. */
    chooseCommonFolder(): SettingsView;
  };
  desktop: {
    /** For support: what the person can copy along with a failure. */
    about(): { version: string; platform: string };
    copyText(text: string): null;
  };
}

export type Area = keyof Calls;
export type CallName<A extends Area> = keyof Calls[A] & string;

/** The names alone, for the preload script: it must stay small and free of schemas. */
export const callNames = {
  account: [
    'systems',
    'state',
    'signIn',
    'chooseCertificates',
    'cancelSignIn',
    'startDemo',
    'switchTo',
    'signOut',
    'forget',
    'change',
    'chooseFolder',
  ],
  reports: ['list', 'lookup', 'find', 'cancelFind'],
  downloads: [
    'list',
    'add',
    'pause',
    'resume',
    'cancel',
    'retry',
    'startNow',
    'clearFinished',
    'showInFolder',
  ],
  manifest: ['checkFolder', 'cancelCheck'],
  history: ['search', 'showInFolder', 'checkAgain', 'downloadAgain'],
  settings: ['get', 'change', 'chooseFolder', 'chooseCommonFolder'],
  desktop: ['about', 'copyText'],
} as const satisfies { [A in Area]: readonly CallName<A>[] };

/** The channel of a call. */
export const channelOf = (area: string, call: string): string => `cdr:${area}.${call}`;
