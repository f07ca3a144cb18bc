/** How much of the proofs is run. Numbers in the environment come before what is usual. */

/** Whether this is `npm run test:long`; `npm test` has the proofs shortened. */
export const isWhole = process.env.PROOFS === 'whole';

/** A whole number from the environment, e.g. `WALKS=5000`; else as many as the length of this run asks for. */
export function howMany(name: string, usual: { readonly whole: number; readonly shortened: number }): number {
  const given = Number(process.env[name] ?? Number.NaN);
  return Number.isSafeInteger(given) ? given : usual[isWhole ? 'whole' : 'shortened'];
}
