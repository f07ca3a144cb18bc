/*
 * Which part may import which. `npm test` fails on a breach, and on a module that nothing uses.
 * The parts of the main process are a list, from top to bottom: a part may import those on lines below its own.
 */
const parts = [
  ['cli', 'desktop'],
  ['ipc'],
  ['manifest'],
  ['accounts'],
  ['reports'],
  ['downloads'],
  ['history'],
  ['providers'],
  ['network'],
  ['credentials', 'settings', 'demo'],
  ['lib'],
  ['contract'],
];

const entries = [
  '^electron/main\\.ts$',
  '^electron/cli\\.ts$',
  '^electron/preload\\.ts$',
  '^electron/manifest/hash-worker\\.ts$',
  '^electron/downloads/write-worker\\.ts$',
  '^renderer/main\\.tsx$',
];

const folder = (part) => `^electron/${part}/`;

/** Module outside the project, by name. */
const library = (name) => `(^|/)node_modules/${name}/`;

const downwardsOnly = parts.flatMap((line, index) =>
  line.map((part) =>
    forbid(
      `${part}-imports-only-parts-below-it`,
      { path: folder(part) },
      { path: '^electron/', pathNot: [part, ...parts.slice(index + 1).flat()].map(folder) },
    ),
  ),
);

const special = [
  forbid(
    'renderer-knows-only-the-contract',
    { path: '^renderer/' },
    { path: '^electron/', pathNot: folder('contract') },
  ),
  forbid('renderer-has-no-node', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
  forbid('renderer-has-no-electron', { path: '^renderer/' }, { path: library('electron') }),
  forbid('contract-has-no-node', { path: folder('contract') }, { dependencyTypes: ['core'] }),
  forbid(
    'contract-uses-only-zod',
    { path: folder('contract') },
    { path: '(^|/)node_modules/', pathNot: library('zod') },
  ),
  forbid(
    'few-import-electron',
    {
      path: '^electron/',
      pathNot: ['^electron/(main|packaged-cli|preload)\\.ts$', folder('desktop'), folder('credentials')],
    },
    { path: library('electron') },
  ),
  forbid(
    'few-import-electron-store',
    { path: '^electron/', pathNot: ['^electron/(main|packaged-cli)\\.ts$', folder('settings')] },
    { path: library('electron-store') },
  ),
  forbid(
    'preload-imports-only-the-contract',
    { path: '^electron/preload\\.ts$' },
    { path: '^electron/', pathNot: folder('contract') },
  ),
  forbid(
    'lib-knows-only-results',
    { path: folder('lib') },
    { path: '^electron/', pathNot: [folder('lib'), '^electron/contract/result\\.ts$'] },
  ),
  forbid('cli-knows-no-window', { path: folder('cli') }, { path: [folder('desktop'), folder('ipc')] }),
  forbid('downloads-knows-no-provider', { path: folder('downloads') }, { path: folder('providers') }),
  forbid(
    'others-know-providers-by-their-interface',
    { path: '^electron/', pathNot: ['^electron/main\\.ts$', folder('providers')] },
    { path: '^electron/providers/[^/]+/' },
  ),
  forbid(
    'providers-do-not-know-each-other',
    { path: '^electron/providers/([^/]+)/' },
    { path: '^electron/providers/[^/]+/', pathNot: '^electron/providers/$1/' },
  ),
  forbid(
    'accounts-knows-downloads-by-their-source',
    { path: folder('accounts') },
    { path: folder('downloads'), pathNot: '^electron/downloads/file-source\\.ts$' },
  ),
  forbid(
    'only-providers-start-the-sample-data',
    {
      path: '^electron/',
      pathNot: ['^electron/providers/[^/]+/index\\.ts$', folder('demo')],
    },
    { path: folder('demo') },
  ),
];

const everywhere = [
  forbid('product-stands-alone', { path: '^(electron|renderer)/' }, { path: '^(build|test)/' }),
  forbid(
    'product-uses-no-development-package',
    { path: '^(electron|renderer)/' },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg'], pathNot: library('electron') },
  ),
  forbid('no-cycle', {}, { circular: true }),
  forbid('no-missing-module', {}, { couldNotResolve: true }),
  forbid(
    'no-unused-module',
    { path: entries },
    { path: '^(electron|renderer)/.*\\.tsx?$', pathNot: entries, reachable: false },
  ),
];

function forbid(name, from, to) {
  return { name, severity: 'error', from, to };
}

module.exports = {
  forbidden: [...downwardsOnly, ...special, ...everywhere],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
