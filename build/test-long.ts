import { command } from './command.ts';
import { say } from './project.ts';
import { runSuite } from './run-suite.ts';
import { summaryLine } from './test-counts.ts';
import { ensureTestServers } from './test-servers.ts';

/** The proofs of the download engine in their whole length; `npm test` runs them shortened. */
await command(async () => {
  await ensureTestServers();
  say('\n== proofs of the download engine, whole');
  const counts = await runSuite('test:proofs', { PROOFS: 'whole' });
  process.stdout.write(`\n${summaryLine(counts)}\n`);
  return counts.failed > 0 ? 1 : 0;
});
