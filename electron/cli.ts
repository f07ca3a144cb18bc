/** Starts the command line in plain Node. The packaged application has it in main.ts. */
import module from 'node:module';
import { join } from 'node:path';

const here = import.meta.dirname;
const isBuilt = import.meta.filename.endsWith('.cjs');

// To compile it takes longer than most of what it does. Node before 22 can't keep what it has compiled.
if (isBuilt) module.enableCompileCache?.(join(here, 'compiled'));
void import('./cli/plain-node.ts').then(({ runInNode }) =>
  runInNode({
    hash: join(here, isBuilt ? 'hash-worker.cjs' : 'manifest/hash-worker.ts'),
    write: join(here, isBuilt ? 'write-worker.cjs' : 'downloads/write-worker.ts'),
  }),
);
