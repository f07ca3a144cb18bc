import { appendFileSync, renameSync, statSync } from 'node:fs';
import { type Clock, systemClock } from './clock.ts';
import { redact } from './redact.ts';

/** What happened, for support. Without passwords, tokens and links beyond their host. */
export interface Log {
  info(text: string): void;
  error(text: string, error?: unknown): void;
}

export interface LogOptions {
  readonly clock?: Clock;
  /** Bytes after which the file becomes `<file>.old`, in place of the last one, and a new one begins. */
  readonly maxBytes?: number;
}

/**
 * Writes lines into a file, each at once so that the last one before a crash is there. A log that cannot be
 * written is no reason to stop: then there is none.
 */
export function createLog(file: string, { clock = systemClock, maxBytes = 2_000_000 }: LogOptions = {}): Log {
  function write(level: string, text: string): void {
    const time = new Date(clock.now()).toISOString();
    // One event is one line: what follows in a stack is moved in.
    const line = redact(text).trimEnd().replace(/\r?\n/g, '\n    ');
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= maxBytes) renameSync(file, `${file}.old`);
      appendFileSync(file, `${time} ${level} ${line}\n`);
    } catch {
      // Nowhere to write to.
    }
  }

  return {
    info: (text) => write('info', text),
    error: (text, error) => write('error', error === undefined ? text : `${text}\n${describe(error)}`),
  };
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
