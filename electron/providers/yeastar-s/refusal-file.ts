/** Refused sign-ins at one PBX, kept for all programs on this computer: it is the computer that the PBX locks out. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { lockData } from '../../lib/data-lock.ts';

/** Times in milliseconds since 1970, UTC. */
const refusalsSchema = z.object({
  refused: z.array(z.object({ id: z.string(), time: z.number(), who: z.string() })).catch([]),
  lockedAt: z.number().nullable().catch(null),
});
export type Refusals = z.infer<typeof refusalsSchema>;

export const noRefusals: Refusals = { refused: [], lockedAt: null };

/** While it is held, no other program signs in to the PBX. */
export interface HeldRefusals {
  /** Nothing, where nothing can be read. */
  read(): Promise<Refusals>;
  /** Does nothing where nothing can be kept: nobody is kept from signing in by that. */
  write(refusals: Refusals): Promise<void>;
  release(): void;
}

export interface RefusalFile {
  /** Waits for other programs. Null: stopped meanwhile. */
  hold(signal: AbortSignal): Promise<HeldRefusals | null>;
}

/** Before it is looked again whether another program has signed in. */
const LOOK_AGAIN_MS = 100;

/** `folder`: of this PBX alone, made when it is first needed. */
export function createRefusalFile(folder: string, clock: Clock): RefusalFile {
  const path = join(folder, 'refused-sign-ins.json');

  async function lock() {
    try {
      await mkdir(folder, { recursive: true });
      return lockData(folder);
    } catch {
      return nothingHeld;
    }
  }

  return {
    async hold(signal) {
      for (let held = await lock(); !signal.aborted; held = await lock()) {
        if (held) return { read: () => read(path), write: (refusals) => write(path, refusals), ...held };
        await clock.sleep(LOOK_AGAIN_MS, signal);
      }
      return null;
    },
  };
}

const nothingHeld = { release() {} };

async function read(path: string): Promise<Refusals> {
  try {
    return refusalsSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? noRefusals;
  } catch {
    return noRefusals;
  }
}

async function write(path: string, refusals: Refusals): Promise<void> {
  const next = `${path}.new`;
  try {
    await writeFile(next, JSON.stringify(refusals), { mode: 0o600 });
    await rename(next, path);
  } catch {}
}
