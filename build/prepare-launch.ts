import { buildApplication } from './build-application.ts';
import { projectFolder } from './project.ts';
import { runtimeAtHand } from './runtime/runtime-at-hand.ts';
import { ensureSystemPackages, thisMachine } from './system-packages.ts';

/** How to start the built application. */
export interface Launch {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Version of Electron. */
  readonly electron: string;
}

/** Makes the application ready to start: a runtime, what that needs of the system, and a build of today's sources. */
export async function prepareLaunch(): Promise<Launch> {
  const { executablePath, electron } = await runtimeAtHand();
  await ensureSystemPackages(thisMachine(executablePath));
  await buildApplication();
  // Chromium refuses to run its sandbox as root.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return { executablePath, args: [...(asRoot ? ['--no-sandbox'] : []), projectFolder], electron };
}

/** The environment for the application. Some editors' terminals ask Electron to behave as plain Node: not here. */
export function launchEnvironment(changes: NodeJS.ProcessEnv = {}): Record<string, string> {
  const environment = { ...process.env, ...changes, ELECTRON_RUN_AS_NODE: undefined };
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
