import { command } from './command.ts';
import { projectFolder } from './project.ts';
import { runNpm } from './run.ts';

/** Packages the application into a folder under `out/`. */
await command(() =>
  runNpm(['exec', '--', 'electron-forge', 'package', ...process.argv.slice(2)], { cwd: projectFolder }),
);
