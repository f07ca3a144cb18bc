/*
 * Runs inside the stand-in runtime as Electron's own default application would: the first argument that is not a
 * switch is the folder of the application to start.
 */
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { fillGaps } = require('./fill-gaps.cjs');

const folderArgument = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folderArgument === undefined) {
  process.stderr.write('Give the folder of the application to start as an argument.\n');
  app.exit(1);
} else {
  start(resolve(folderArgument));
}

function start(folder) {
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  app.setVersion(description.version);
  app.setName(description.productName ?? description.name);
  app.setDesktopName(`${app.getName()}.desktop`);
  app.setAppPath(folder);
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), app.getName()));
  }
  fillGaps(folder);
  require(join(folder, description.main));
}
