import { Problem } from '../command.ts';

/** An Electron that can be started. */
export interface Runtime {
  readonly executablePath: string;
  /** Version of Electron, such as `45.4.1`. */
  readonly electron: string;
  /** Where it came from, for the person: "installed with the electron package". */
  readonly origin: string;
  /** What the person must know before relying on it. */
  readonly warning?: string;
}

/** The reason, for the person, why a source has no runtime. */
export interface NoRuntime {
  readonly reason: string;
}

/** One place where a runtime may come from. It answers with a reason rather than failing. */
export type RuntimeSource = () => Promise<Runtime | NoRuntime>;

/**
 * Takes the first source, in the order given, that has a runtime, and says which one and why the earlier ones were
 * passed over. Later sources are not asked.
 * @throws when no source has one; the message holds every reason.
 */
export async function findRuntime(
  sources: readonly RuntimeSource[],
  say: (line: string) => void,
): Promise<Runtime> {
  const reasons: string[] = [];
  for (const source of sources) {
    const found = await source();
    if ('reason' in found) {
      reasons.push(found.reason);
      continue;
    }
    const because = reasons.length === 0 ? '' : ` Why: ${reasons.join(' ')}`;
    say(`Runtime: Electron ${found.electron}, ${found.origin}.${because}`);
    if (found.warning !== undefined) say(`Warning: ${found.warning}`);
    return found;
  }
  throw new Problem(`No Electron runtime was found. ${reasons.join(' ')}`);
}
