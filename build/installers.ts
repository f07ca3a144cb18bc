import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, Problem } from './command.ts';
import { projectFolder } from './project.ts';
import { runNpm } from './run.ts';

/** Makes this platform's installers from the packaged folder, into `dist/`. */
await command(() => {
  const packaged = join(projectFolder, 'out', `CDR Desk-${process.platform}-${process.arch}`);
  if (!existsSync(packaged))
    throw new Problem('There is no packaged application. Run "npm run package" first.');
  // On macOS the bundle itself is meant, elsewhere the folder.
  const prepackaged = process.platform === 'darwin' ? join(packaged, 'CDR Desk.app') : packaged;
  const options = ['--prepackaged', prepackaged, '--config', join('build', 'installers.yml')];
  return runNpm(['exec', '--', 'electron-builder', ...options, '--publish', 'never'], { cwd: projectFolder });
});
