/**
 * What a report is, as data. A provider declares its reports and their criteria in these terms; the renderer
 * draws the form from the declaration, and both sides check criteria against it with `check-criteria.ts`.
 */
import { z } from 'zod';

/** One of several fixed values, drawn as radio buttons. */
export interface ChoiceField {
  readonly kind: 'choice';
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly help?: string }[];
  readonly default: string;
  readonly shownWhen?: ShownWhen;
}

/** A value that the service knows, looked up by name and drawn as a combobox that filters while typing. */
export interface LookupField {
  readonly kind: 'lookup';
  readonly id: string;
  readonly label: string;
  /** When there is a choice that stands for all of them: its label. Its value is `ALL`. */
  readonly allLabel?: string;
  readonly shownWhen?: ShownWhen;
}

/** Something typed, as a list of extensions. */
export interface TextField {
  readonly kind: 'text';
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** True when it may stay empty: then it is no part of the criteria. */
  readonly optional?: boolean;
  /** What it must look like as a whole: a regular expression, and what to say of anything else. */
  readonly pattern?: { readonly is: string; readonly otherwise: string };
  readonly shownWhen?: ShownWhen;
}

/** A range of days or of months, drawn as "From" and "To" with presets and a calendar. */
export interface PeriodField {
  readonly kind: 'days' | 'months';
  readonly id: string;
  readonly label: string;
  /** The service keeps files about this many days: an older start is warned of, not refused. */
  readonly keptDays: number;
  /** The longest period that one question may span, in days or months. */
  readonly longest: number;
  /** True when the service makes a file for each day or month, so that one without a file is missing. */
  readonly everyOneHasAFile?: boolean;
  readonly shownWhen?: ShownWhen;
}

/** The field is part of the form only while another field has one of these values. */
export interface ShownWhen {
  readonly field: string;
  readonly is: readonly string[];
}

export type CriterionField = ChoiceField | LookupField | TextField | PeriodField;

/** The value of a lookup field that means every one of them. No service name equals it: it holds a control character. */
export const ALL = '\u0001all';

export interface ReportDeclaration {
  readonly id: string;
  readonly label: string;
  /** One sentence under the label that says what the files are. */
  readonly description: string;
  readonly fields: readonly CriterionField[];
  /** Set when the service offers no way to get it: the choice is shown, greyed, with this sentence. */
  readonly unavailable?: string;
  /** True when the files are made as they are downloaded, so that what is found is what will be made. */
  readonly madeOnDemand?: boolean;
  /** True for a single file that needs no question: the result is there as soon as the report is chosen. */
  readonly immediate?: boolean;
  /** Facts a person should know before relying on the files, one sentence each. */
  readonly notes?: readonly string[];
}

const periodSchema = z.object({ from: z.string(), to: z.string() });

/** Values by field id. Text for choices and lookups, a range for periods. */
export const criteriaSchema = z.record(z.string(), z.union([z.string().max(1000), periodSchema]));
export type Criteria = z.infer<typeof criteriaSchema>;

/** A timestamp as the service gave it. `approximate`: read from a malformed stamp. */
export interface Stamp {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly approximate: boolean;
}

/** One file that a report lists. The link stays in the main process. */
export interface FoundFile {
  /** Unique within its listing. */
  readonly id: string;
  /** A name that is safe on every file system. */
  readonly name: string;
  /** Bytes, or null where the service does not say. */
  readonly size: number | null;
  /** 32 lower-case hex digits, or null where there is none to compare with. */
  readonly md5: string | null;
  readonly createdOn: Stamp | null;
  readonly expiresOn: Stamp | null;
  /** The day or month that the name says, `YYYY-MM-DD` or `YYYY-MM`. */
  readonly nameDate: string | null;
  /**
   * The time that it covers, `to` no longer part of it, where a person's days are not the service's: milliseconds since
   * 1970, UTC.
   */
  readonly span?: { readonly from: number; readonly to: number };
  readonly site: string | null;
  /** Download attempts that the service has counted so far, of 999. */
  readonly attempts: number | null;
  /** False when the service listed it without a usable link. */
  readonly downloadable: boolean;
  /** Milliseconds that it takes to be made once it is its turn, as far as can be told; left out: it lies ready. */
  readonly makingMs?: number;
}

/** How much of the asked period the found files cover. */
export interface Coverage {
  /** Days or months of the asked period without a file, in order. */
  readonly missing: readonly string[];
  /** Files of the listing that the service announced, and how many of them it really listed. */
  readonly announced: number;
  readonly listed: number;
  /** Sites whose list could not be read, when several were asked; the rest is complete. */
  readonly failedSites: readonly { readonly site: string; readonly code: string }[];
}

export interface FoundFiles {
  /** Names this listing in later calls; the main process holds the links. */
  readonly listingId: string;
  readonly reportId: string;
  /** The report and its criteria in words, e.g. `Peak Port files, daily, customer level`. */
  readonly title: string;
  /** The period asked for, where the report has one. */
  readonly period: { readonly unit: 'day' | 'month'; readonly from: string; readonly to: string } | null;
  readonly files: readonly FoundFile[];
  readonly coverage: Coverage;
  /** How many of them the service stands at once; left out: as many as the person wants. */
  readonly filesAtOnce?: number;
}

/** Sent while a find runs. Counts are of files. */
export interface FindProgress {
  readonly findId: string;
  readonly found: number;
  /** What the service says there is in all, as far as it was asked. */
  readonly announced: number | null;
  /** Parts of the question (slices of the period, sites) done and in all. */
  readonly partsDone: number;
  readonly parts: number;
  /** When it goes on (milliseconds since 1970, UTC), while the service wants it to wait; else null. */
  readonly nextTryAt: number | null;
}
