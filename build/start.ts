import { command } from './command.ts';
import { launchEnvironment, prepareLaunch } from './prepare-launch.ts';
import { run } from './run.ts';
import { ensureScreen } from './screen.ts';

await command(async () => {
  const { executablePath, args } = await prepareLaunch();
  const closeScreen = await ensureScreen();
  const code = await run(executablePath, [...args, ...process.argv.slice(2)], {
    env: launchEnvironment(),
    output: 'as-is',
  });
  closeScreen();
  return code;
});
