/** The files that a service was asked to make: each is there after a while, under a name with a day and its id. */
import { seededUuid } from '../seeded.ts';

interface BillJob {
  readonly accessKey: string;
  readonly name: string;
  readonly readyAt: number;
  readonly content: () => Buffer | null;
}

export interface BillJobsOptions {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** Milliseconds from the order to the file. */
  readonly makingMs: number;
  /** Whose days names have (IANA). */
  readonly nameZone: string;
}

export interface BillJobs {
  /** Answers with the id of the file to be. Each call makes another one. */
  begin(accessKey: string, content: () => Buffer | null): string;
  /** Null for a file that is not there: not yet, not any more, or not for this key. */
  find(accessKey: string, name: string): (() => Buffer | null) | null;
  /** Names of all that was asked for, in order. */
  readonly names: readonly string[];
  forget(): void;
}

export function createBillJobs({ now, makingMs, nameZone }: BillJobsOptions): BillJobs {
  const jobs: BillJob[] = [];
  const day = new Intl.DateTimeFormat('en-CA', {
    timeZone: nameZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  let count = 0;

  return {
    begin(accessKey, content) {
      count += 1;
      const id = seededUuid(`${accessKey} ${now()} ${count}`);
      const name = `${day.format(now()).replaceAll('-', '')}_${id.replaceAll('-', '')}.zip`;
      jobs.push({ accessKey, name, readyAt: now() + makingMs, content });
      return id;
    },
    find(accessKey, name) {
      const job = jobs.find((one) => one.name === name && one.accessKey === accessKey);
      return job && job.readyAt <= now() ? job.content : null;
    },
    get names() {
      return jobs.map(({ name }) => name);
    },
    forget() {
      jobs.length = 0;
    },
  };
}
