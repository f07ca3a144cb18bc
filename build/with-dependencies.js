/*
 * Runs build/<command>.ts with the project's own Node, after installing the dependencies if they are missing or not
 * those of package-lock.json. Plain JavaScript on Node's own modules: at first there is nothing else, and the system's
 * Node may be an older one. Standard output is left to the command.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const [command = '', ...args] = process.argv.slice(2);

installIfNeeded();
runCommand();

function installIfNeeded() {
  const installed = packagesIn('node_modules/.package-lock.json');
  if (installed !== undefined && isAsLocked(installed)) return;
  process.stderr.write('Installing the dependencies ...\n');
  // A whole reinstall would throw away the runtime kept under node_modules.
  const what = installed === undefined ? ['ci'] : ['install', '--no-save'];
  // Said here, since "npm run -s" would have npm keep its errors to itself as well.
  const how = [...what, '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const inProject = { cwd: projectFolder, stdio: ['ignore', 2, 2] };
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...how], inProject)
    : spawnSync('npm', how, { ...inProject, shell: process.platform === 'win32' });
  if (status !== 0) {
    process.stderr.write('Installing the dependencies failed; npm says why above.\n');
    process.exit(1);
  }
}

/** npm writes what it has installed when it has finished. Optional packages depend on the system, so they don't count. */
function isAsLocked(installed) {
  return Object.entries(packagesIn('package-lock.json') ?? {}).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || installed[path]?.version === version,
  );
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(join(projectFolder, lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function runCommand() {
  const node = join(
    projectFolder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const child = spawn(node, [join(projectFolder, 'build', `${command}.ts`), ...args], {
    cwd: projectFolder,
    stdio: 'inherit',
  });
  child.on('error', () => {
    process.stderr.write(
      `${node} can't be run. It comes with the "node" package once its install script has run; ` +
        'npm may be set to ignore scripts (npm config get ignore-scripts). Try "npm rebuild node --ignore-scripts=false".\n',
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => {
    // Less than 0 for a program that could not be started.
    process.exitCode = code === null || code < 0 ? 1 : code;
    if (signal === null) return;
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
