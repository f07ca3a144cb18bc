import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchedBytes, Part, Plan } from './plan.ts';

/** `new`: just arrived. `first`: a first result that looks cut off. `csv`: what the part came to. */
type FileKind = 'new' | 'first' | 'csv';

export interface PartFolder {
  pathOf(part: Pick<Part, 'from' | 'to'>, kind: FileKind): string;
  /** Gives what has just arrived its place. Answers with the part as it is then. */
  keep(part: Part, came: FetchedBytes & { readonly isWhole: boolean }, isProvisional: boolean): Promise<Part>;
  keepNothing(part: Part, came: Omit<NoResult, 'kind'>): Promise<Part>;
  /** The plan with everything still to be fetched whose file is gone, or not as it was noted. */
  withoutLost(plan: Plan): Promise<Plan>;
}

/** The files of the parts in the job's folder. What is noted of them counts only while they are there. */
export function createPartFolder(folder: string): PartFolder {
  const pathOf: PartFolder['pathOf'] = ({ from, to }, kind) => join(folder, `${from}_${to}.${kind}`);

  const isThere = async (part: Part, kind: FileKind, size: number): Promise<boolean> => {
    const found = await stat(pathOf(part, kind)).catch(() => null);
    return found?.size === size;
  };

  async function settled(part: Part, from: FileKind, size: number, is: Omit<CsvResult, 'kind' | 'size'>) {
    await rename(pathOf(part, from), pathOf(part, 'csv'));
    return { ...part, suspect: null, result: { kind: 'csv' as const, size, ...is } };
  }

  return {
    pathOf,

    /** Without an end in sight, a second result tells: the same again is all there is, else the longer one is taken. */
    async keep(part, { size, sha256, isWhole }, isProvisional) {
      const { suspect } = part;
      if (isWhole || suspect?.sha256 === sha256) {
        return settled(part, 'new', size, { isWhole: true, isProvisional });
      }
      if (!suspect) {
        await rename(pathOf(part, 'new'), pathOf(part, 'first'));
        return { ...part, suspect: { size, sha256 } };
      }
      return suspect.size > size
        ? settled(part, 'first', suspect.size, { isWhole: false, isProvisional })
        : settled(part, 'new', size, { isWhole: false, isProvisional });
    },

    /** An empty file: when the folder is gone, nothing is known of the part any more. */
    async keepNothing(part, { why, isSure, isProvisional }) {
      await writeFile(pathOf(part, 'csv'), '');
      return { ...part, suspect: null, result: { kind: 'none', why, isSure, isProvisional } };
    },

    async withoutLost(plan) {
      const parts = plan.parts.map(async (part) => {
        const { result, suspect } = part;
        const size = result?.kind === 'csv' ? result.size : 0;
        return {
          ...part,
          result: result && (await isThere(part, 'csv', size)) ? result : null,
          suspect: suspect && (await isThere(part, 'first', suspect.size)) ? suspect : null,
        };
      });
      return { ...plan, parts: await Promise.all(parts) };
    },
  };
}

type CsvResult = Extract<NonNullable<Part['result']>, { kind: 'csv' }>;
type NoResult = Extract<NonNullable<Part['result']>, { kind: 'none' }>;
