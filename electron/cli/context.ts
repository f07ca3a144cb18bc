import type { CliHost } from './host.ts';
import type { Output } from './output.ts';

/** What every command works with. */
export interface CliContext {
  readonly host: CliHost;
  readonly output: Output;
  /** `--data-dir`, or the application's own: a whole path. */
  readonly dataFolder: string;
}
