import type { Account } from '../accounts/account.ts';
import type { AccountManager } from '../accounts/account-manager.ts';
import { failure } from '../contract/failure.ts';
import type { FindProgress, ReportDeclaration } from '../contract/report.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import type { Clock } from '../lib/clock.ts';
import { findReport } from '../reports/find-report.ts';
import type { Listings } from '../reports/listings.ts';
import { lookUp } from '../reports/look-up.ts';
import type { AreaHandlers } from './serve-calls.ts';

const PROGRESS_EVERY_MS = 100;

export interface ReportCallsOptions {
  readonly accounts: AccountManager;
  readonly listings: Listings;
  readonly clock: Clock;
  readonly random: () => number;
  onProgress(progress: FindProgress): void;
}

type Progress = Omit<FindProgress, 'findId'>;

export function reportCalls(options: ReportCallsOptions): AreaHandlers<'reports'> {
  const { accounts, listings, clock, random } = options;
  const running = new Map<string, AbortController>();

  const signedIn = (): Result<Account> => {
    const account = accounts.current();
    return account ? ok(account) : failed(failure('signed-out', 'nobody is signed in'));
  };

  const reportOf = (account: Account, id: string): Result<ReportDeclaration> => {
    const report = account.provider.reports.find((one) => one.id === id && one.unavailable === undefined);
    return report ? ok(report) : failed(failure('bad-input', `no report ${id}`));
  };

  /**
   * Passes on what comes, but no more than ten times a second: many small answers would keep the window busy. That it
   * waits, or goes on, is always told.
   */
  function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
    let toldAt = Number.NEGATIVE_INFINITY;
    let waitsUntil: number | null = null;
    return (progress) => {
      const now = clock.now();
      // Either way: the computer's clock may be set back.
      if (Math.abs(now - toldAt) < PROGRESS_EVERY_MS && progress.nextTryAt === waitsUntil) return;
      toldAt = now;
      waitsUntil = progress.nextTryAt;
      tell(progress);
    };
  }

  return {
    list() {
      const account = signedIn();
      return account.ok ? ok(account.value.provider.reports) : account;
    },

    async lookup({ reportId, fieldId }) {
      const account = signedIn();
      if (!account.ok) return account;
      const { session } = account.value;
      return lookUp(reportId, fieldId, { session, clock, random, signal: new AbortController().signal });
    },

    async find({ findId, reportId, criteria }) {
      const account = signedIn();
      if (!account.ok) return account;
      const report = reportOf(account.value, reportId);
      if (!report.ok) return report;
      const abort = new AbortController();
      running.set(findId, abort);
      try {
        const found = await findReport({
          session: account.value.session,
          report: report.value,
          criteria,
          clock,
          random,
          signal: abort.signal,
          onProgress: seldom((progress) => options.onProgress({ findId, ...progress })),
        });
        return found.ok ? ok(await listings.keep(account.value.key, found.value)) : found;
      } finally {
        if (running.get(findId) === abort) running.delete(findId);
      }
    },

    cancelFind({ findId }) {
      running.get(findId)?.abort();
      return ok(null);
    },
  };
}
