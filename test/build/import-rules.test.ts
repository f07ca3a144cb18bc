import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

const projectFolder = join(import.meta.dirname, '..', '..');

/** Breaches of the rules, as "rule: importer", in a project where each file imports what is listed for it. */
async function breaches(imports: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'package.json':
      '{"dependencies":{"zod":"*","undici":"*"},"devDependencies":{"electron":"*","vitest":"*"}}',
    ...Object.fromEntries(
      Object.entries(imports).map(([file, targets]) => [
        file,
        `${targets.map((target) => `import type {} from '${target}';`).join('\n')}\nexport {};\n`,
      ]),
    ),
  });
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const depcruise = join(
    projectFolder,
    'node_modules',
    'dependency-cruiser',
    'bin',
    'dependency-cruiser.mjs',
  );
  const rules = join(projectFolder, 'build', 'import-rules.cjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [depcruise, '--config', rules, '--output-type', 'json', 'electron', 'renderer'],
    { cwd: folder, maxBuffer: 50_000_000 },
  );
  const { summary }: { summary: { violations: { rule: { name: string }; from: string }[] } } =
    JSON.parse(stdout);
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

/** A small project that keeps every rule: each part imports the ones right below it. */
const sound = {
  'electron/main.ts': ['electron', './desktop/window.ts', './providers/list.ts', './providers/one/index.ts'],
  'electron/cli.ts': ['./cli/run-here.ts'],
  'electron/cli/run-here.ts': ['./command.ts'],
  'electron/cli/command.ts': ['../manifest/write.ts'],
  'electron/preload.ts': ['electron', './contract/calls.ts'],
  'electron/desktop/window.ts': ['electron', '../ipc/serve.ts'],
  'electron/ipc/serve.ts': ['../manifest/write.ts'],
  'electron/manifest/write.ts': ['../accounts/manager.ts'],
  'electron/accounts/manager.ts': [
    '../reports/find.ts',
    '../downloads/file-source.ts',
    '../providers/provider.ts',
  ],
  'electron/reports/find.ts': ['../downloads/queue.ts', '../providers/provider.ts'],
  'electron/downloads/queue.ts': ['../history/store.ts', './file-source.ts'],
  'electron/downloads/file-source.ts': [],
  'electron/history/store.ts': ['../network/http.ts'],
  'electron/providers/provider.ts': ['../network/http.ts'],
  'electron/providers/list.ts': ['./one/index.ts', './two/index.ts'],
  'electron/providers/one/index.ts': ['../provider.ts', '../../demo/service.ts'],
  'electron/providers/two/index.ts': ['../provider.ts'],
  'electron/network/http.ts': ['undici', '../credentials/vault.ts', '../settings/store.ts'],
  'electron/credentials/vault.ts': ['electron', '../lib/clock.ts'],
  'electron/settings/store.ts': ['../lib/clock.ts'],
  'electron/demo/service.ts': ['node:http', '../lib/clock.ts'],
  'electron/lib/clock.ts': ['../contract/result.ts'],
  'electron/contract/calls.ts': ['zod', './result.ts'],
  'electron/contract/result.ts': [],
  'renderer/main.tsx': ['../electron/contract/calls.ts'],
} as const;

describe('the import rules', () => {
  it('find nothing wrong where every part imports only what lies below it', async () => {
    expect(await breaches(sound)).toEqual([]);
  });

  it.each([
    ['renderer/main.tsx', '../electron/lib/clock.ts', 'renderer-knows-only-the-contract'],
    ['renderer/main.tsx', 'node:fs', 'renderer-has-no-node'],
    ['renderer/main.tsx', 'electron', 'renderer-has-no-electron'],
    ['electron/preload.ts', './lib/clock.ts', 'preload-imports-only-the-contract'],
    ['electron/contract/calls.ts', 'node:fs', 'contract-has-no-node'],
    ['electron/contract/calls.ts', 'undici', 'contract-uses-only-zod'],
    ['electron/contract/calls.ts', '../history/store.ts', 'contract-imports-only-parts-below-it'],
    ['electron/lib/clock.ts', '../contract/calls.ts', 'lib-knows-only-results'],
    ['electron/downloads/queue.ts', 'electron', 'few-import-electron'],
    ['electron/cli/command.ts', 'electron', 'few-import-electron'],
    ['electron/cli/command.ts', '../ipc/serve.ts', 'cli-knows-no-window'],
    ['electron/cli/command.ts', '../demo/service.ts', 'only-providers-start-the-sample-data'],
    ['electron/history/store.ts', 'electron-store', 'few-import-electron-store'],
    ['electron/downloads/queue.ts', '../reports/find.ts', 'downloads-imports-only-parts-below-it'],
    ['electron/downloads/queue.ts', '../providers/provider.ts', 'downloads-knows-no-provider'],
    ['electron/reports/find.ts', '../providers/one/index.ts', 'others-know-providers-by-their-interface'],
    ['electron/providers/one/index.ts', '../two/index.ts', 'providers-do-not-know-each-other'],
    ['electron/accounts/manager.ts', '../downloads/queue.ts', 'accounts-knows-downloads-by-their-source'],
    ['electron/ipc/serve.ts', '../demo/service.ts', 'only-providers-start-the-sample-data'],
    ['electron/demo/service.ts', '../settings/store.ts', 'demo-imports-only-parts-below-it'],
    ['electron/ipc/serve.ts', '../../build/tool.ts', 'product-stands-alone'],
    ['electron/ipc/serve.ts', 'vitest', 'product-uses-no-development-package'],
    ['electron/lib/clock.ts', './clock.ts', 'no-cycle'],
    ['electron/ipc/serve.ts', './gone.ts', 'no-missing-module'],
    ['electron/ipc/forgotten.ts', '../lib/clock.ts', 'no-unused-module'],
  ])('forbid %s to import %s: %s', async (file, target, rule) => {
    const before: readonly string[] = Object.entries(sound).find(([name]) => name === file)?.[1] ?? [];
    const project = { ...sound, 'build/tool.ts': [], [file]: [...before, target] };
    expect((await breaches(project)).map((breach) => breach.split(':')[0])).toContain(rule);
  });
});
