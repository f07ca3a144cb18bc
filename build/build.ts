import { buildApplication } from './build-application.ts';
import { command } from './command.ts';

await command(async () => {
  await buildApplication();
  return 0;
});
