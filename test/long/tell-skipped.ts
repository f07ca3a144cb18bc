/** Says in a plain line which tests can't be run here and why; null: they can. */
export function tellSkipped(tests: string, reason: string | null): void {
  if (reason !== null) process.stderr.write(`Skipped: ${tests}, because ${reason}.\n`);
}
