/* A stage: opens a queue of very many rows, until all of them can be shown. Argument: the folder that it is kept in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openQueue } from './open-queue.ts';
import { MANY, report, watched, watchMemory } from './stage.ts';

const [folder = ''] = process.argv.slice(2);

const growth = watchMemory();
const { value: queue, ...opened } = await watched(async () => {
  const open = openQueue(folder);
  while (open.manager.list().totals.count.waiting < MANY) await sleep(1);
  return open;
});
const memory = growth();
await queue.close();
report([{ name: 'queue opened at start', ...opened, memory }]);
