import { say } from './project.ts';

/** Something that the person can mend. They read its message; a stack would only be in the way. */
export class Problem extends Error {}

/** Runs a command of the scripts and ends with the exit code that it answers with; a `Problem` is told and ends with 1. */
export async function command(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
