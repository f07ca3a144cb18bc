import type { TestProject } from 'vitest/node';
import { type Launch, prepareLaunch } from '../../build/prepare-launch.ts';
import { ensureScreen } from '../../build/screen.ts';

declare module 'vitest' {
  interface ProvidedContext {
    launch: Launch;
    /** Value of `DISPLAY`, where there is one. */
    display: string | undefined;
  }
}

/** Once per run: an application ready to start and a screen for it. */
export default async function prepare(project: TestProject): Promise<() => void> {
  project.provide('launch', await prepareLaunch());
  const closeScreen = await ensureScreen();
  project.provide('display', process.env.DISPLAY);
  return closeScreen;
}
