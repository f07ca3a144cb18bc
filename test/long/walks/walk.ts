/** One walk: an engine with everything real but its clock, and whatever happens to it. */
import { isActive } from '../../../electron/contract/download-state.ts';
import { failure } from '../../../electron/contract/failure.ts';
import { failed } from '../../../electron/contract/result.ts';
import { type Engine, startEngine } from '../../fakes/download-engine.ts';
import { createPowerCutDisk, type PowerCutDisk } from '../../fakes/power-cut-disk.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { startAudit } from './audit.ts';
import { checkNow, checkThat, type Memory, rowsNow } from './check.ts';
import type { Step, Which } from './steps.ts';
import { makeFault, mayEndBy, serveItem, type WalkFile } from './world.ts';

interface Walk {
  readonly engine: Engine;
  readonly disk: PowerCutDisk;
  readonly memory: Memory;
  /** Orders that are not done yet. */
  readonly underWay: Set<Promise<unknown>>;
  /** How often the engine has crashed. */
  crashes: number;
  isServiceAway: boolean;
}

/** Goes through the steps, checking after each, then lets everything come to its end and checks that it does. */
export async function takeWalk(files: readonly WalkFile[], steps: readonly Step[]): Promise<void> {
  const engine = await startEngine();
  try {
    const walk = await begin(engine, files);
    for (const step of steps) {
      await take(walk, step);
      checkNow(engine, walk.memory);
    }
    await comeToTheEnd(walk);
  } catch (error) {
    // An engine that crashed for good can't be closed.
    await engine.close().catch(() => {});
    throw error;
  }
  await engine.close();
}

async function begin(engine: Engine, files: readonly WalkFile[]): Promise<Walk> {
  const disk = createPowerCutDisk(engine.folder);
  const walk: Walk = {
    engine,
    disk,
    memory: {
      items: files.map((file, index) => serveItem(engine, file, index)),
      ordered: new Set(),
      mostAtOnce: engine.atOnce,
      mayEnd: new Map(files.map((_, index) => [String(index), new Set()])),
      strays: new Set(),
    },
    underWay: new Set(),
    crashes: 0,
    isServiceAway: false,
  };
  engine.files = disk.files;
  startAudit(engine.database);
  await engine.restart();
  dressSource(walk);
  return walk;
}

async function take(walk: Walk, step: Step): Promise<void> {
  const { engine, disk, memory } = walk;
  switch (step.do) {
    case 'add':
      memory.ordered.add('add');
      return order(
        walk,
        engine.manager.add(
          chosen(walk, step.which).map(({ reference }) => reference),
          engine.folder,
        ),
        false,
      );
    case 'order': {
      memory.ordered.add(step.order);
      const { manager } = engine;
      const which = step.which === 'all' ? step.which : idsOf(walk, step.which);
      if (step.order === 'clearFinished') return order(walk, manager.clearFinished(), step.patient);
      if (step.order === 'startNow')
        return order(walk, manager.startNow(idsOf(walk, step.which)), step.patient);
      return order(walk, manager[step.order](which), step.patient);
    }
    case 'at once':
      engine.atOnce = step.most;
      memory.mostAtOnce = Math.max(memory.mostAtOnce, step.most);
      return engine.manager.wake();
    case 'restart':
      await Promise.all(walk.underWay);
      await engine.restart();
      return dressSource(walk);
    case 'crash':
      walk.crashes += 1;
      await engine.restart('crash');
      return dressSource(walk);
    case 'power cut': {
      const { next } = createSeededRandom(step.seed);
      disk.off();
      walk.crashes += 1;
      let back: readonly string[] = [];
      await engine.restart('crash', async () => {
        back = await disk.on(next);
      });
      noteStrays(walk, back);
      return dressSource(walk);
    }
    case 'sign out':
      engine.signedIn = false;
      return engine.manager.wake();
    case 'sign in':
      engine.signedIn = true;
      return engine.manager.wake();
    case 'interrupt':
      return engine.manager.interrupt();
    case 'wake':
      return engine.manager.wake();
    case 'service away':
    case 'service back':
      walk.isServiceAway = step.do === 'service away';
      return;
    case 'hours':
      // The clock begins at noon.
      engine.hours = step.closed ? { from: '02:00', to: '03:00' } : null;
      return engine.manager.wake();
    case 'fault':
      for (const item of chosen(walk, step.which)) {
        const fault = makeFault(item, step.fault, step.at);
        if (!fault) continue;
        engine.server.fail(item.path, ...Array.from({ length: step.times }, () => fault));
        for (const code of mayEndBy(step.fault)) memory.mayEnd.get(item.reference.fileId)?.add(code);
      }
      return;
    case 'time':
      return engine.clock.advance(step.ms);
    case 'turns':
      return turns(step.turns);
  }
}

/** Has it done now, or while other things go on. What a crash keeps an order from is not the order's fault. */
async function order(walk: Walk, underWay: Promise<unknown>, patient: boolean): Promise<void> {
  const { crashes } = walk;
  const done = underWay
    .catch((error: unknown) => {
      if (crashes === walk.crashes) throw error;
    })
    .finally(() => walk.underWay.delete(done));
  walk.underWay.add(done);
  if (patient) await done;
}

const chosen = ({ memory: { items } }: Walk, which: Which) =>
  which === 'all' ? items : items.filter((_, index) => which.some((one) => one % items.length === index));

function idsOf(walk: Walk, which: Which): number[] {
  const files = chosen(walk, which).map(({ reference }) => reference.fileId);
  return rowsNow(walk.engine).flatMap(({ id, fileId }) => (files.includes(fileId) ? id : []));
}

/** A service that is away answers nothing that comes before a file. */
function dressSource(walk: Walk): void {
  const { source } = walk.engine;
  const { request } = source;
  source.request = async (file, signal) =>
    walk.isServiceAway ? failed(failure('connection-refused', 'away')) : request(file, signal);
}

function noteStrays({ engine, memory }: Walk, back: readonly string[]): void {
  const known = rowsNow(engine).map(({ partName }) => partName);
  for (const name of back) if (!known.includes(name)) memory.strays.add(name);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Nothing goes wrong any more, and time passes: then everything that is not held back comes to its end. */
async function comeToTheEnd(walk: Walk): Promise<void> {
  const { engine, memory } = walk;
  engine.server.forgive();
  engine.server.release();
  await Promise.all(walk.underWay);
  walk.isServiceAway = false;
  engine.signedIn = true;
  engine.hours = null;
  await engine.restart();
  for (const again of ['resume', 'retry'] as const) {
    memory.ordered.add(again);
    await engine.manager[again]('all');
    await untilQuiet(walk);
    for (const { id, state } of rowsNow(engine)) {
      checkThat(
        ['done', 'already-there', 'failed', 'cancelled'].includes(state),
        `row ${id} is still ${state}`,
      );
    }
  }
  for (const { id, state } of rowsNow(engine)) {
    checkThat(
      state === 'done' || state === 'already-there',
      `row ${id} is ${state} though nothing is in its way`,
    );
  }
  await checkThatNothingIsLeft(walk);
  await checkThatNothingIsAskedTwice(walk);
}

/** Far more looks than it takes; time passes between them. */
const MOST_LOOKS = 5000;

async function untilQuiet({ engine, memory }: Pick<Walk, 'engine' | 'memory'>): Promise<void> {
  let looks = 0;
  await engine.until(async () => {
    await engine.clock.advance(60_000);
    checkNow(engine, memory);
    const active = rowsNow(engine).filter(({ state }) => isActive(state));
    checkThat(++looks < MOST_LOOKS, `got stuck: ${JSON.stringify(active)}`);
    return active.length === 0;
  });
}

async function checkThatNothingIsLeft({ engine, memory }: Walk): Promise<void> {
  await engine.until(() => engine.server.underWay === 0);
  const parts = (await engine.names()).filter(
    (name) => name.endsWith('.cdrpart') && !memory.strays.has(name),
  );
  checkThat(parts.length === 0, `left over: ${parts.join(', ')}`);
  const [integrity] = engine.database.prepare('PRAGMA integrity_check').all();
  checkThat(integrity?.integrity_check === 'ok', `the database: ${JSON.stringify(integrity)}`);
}

/** What is there, and can be known by its size and checksum, costs no attempt. */
async function checkThatNothingIsAskedTwice({ engine, memory }: Walk): Promise<void> {
  const there = rowsNow(engine).map(({ fileId }) => fileId);
  const known = memory.items.filter(
    ({ file, reference }) => file.lists === 'size and checksum' && there.includes(reference.fileId),
  );
  memory.ordered.add('clearFinished').add('add');
  await engine.until(async () => {
    await engine.manager.clearFinished();
    return rowsNow(engine).length === 0;
  });
  const before = engine.server.requests.length;
  await engine.add(...known.map(({ reference }) => reference));
  await untilQuiet({ engine, memory });
  const again = rowsNow(engine).filter(({ state }) => state !== 'already-there');
  checkThat(again.length === 0, `not known to be there: ${JSON.stringify(again)}`);
  checkThat(engine.server.requests.length === before, 'asked for what was there');
}
