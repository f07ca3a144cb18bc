/** What every system has to keep to, whatever it is. A new one passes this suite before anything else is said of it. */
import { describe } from 'vitest';
import { findsFiles, signsIn, stopsAtOnce } from './asked.ts';
import { declaresSoundly } from './declared.ts';
import { downloadsFiles } from './downloaded.ts';
import type { System } from './system.ts';

export function providerBehaviour(system: System): void {
  describe(`${system.create().signIn.label} behaves as every system`, () => {
    declaresSoundly(system);
    signsIn(system);
    findsFiles(system);
    stopsAtOnce(system);
    downloadsFiles(system);
  });
}
