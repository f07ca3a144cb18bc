import type { Download } from '../contract/download.ts';

/** A file that is on its way to be made, here or by the service. */
export interface MakingFile {
  readonly file: string;
  /** Steps that are done and all of them; null where nobody can tell. */
  readonly done: number | null;
  readonly total: number | null;
  /** Milliseconds until the last of them; null where nobody can tell. */
  readonly msLeft: number | null;
}

/** Between two steps of the making: the next one comes when its time has come. */
export const isBeingMade = ({ state, failure }: Download): boolean =>
  state === 'waiting' && failure?.code === 'being-made';

/** How far a row is made. `file`: its name as it was listed. */
export function makingFile({ failure }: Download, file: string): MakingFile {
  const { done = null, total = null, msLeft = null } = failure?.progress ?? {};
  return { file, done, total, msLeft };
}
