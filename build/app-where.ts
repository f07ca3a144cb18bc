import { command } from './command.ts';
import { prepareLaunch } from './prepare-launch.ts';

await command(async () => {
  const { executablePath, args, electron } = await prepareLaunch();
  process.stdout.write(`${JSON.stringify({ executablePath, args, electron })}\n`);
  return 0;
});
