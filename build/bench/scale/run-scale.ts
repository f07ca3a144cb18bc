import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../command.ts';
import { say } from '../../project.ts';
import { MANY, MONTHS, RECORD_COUNTS, type StageFigures, stageMessageSchema } from './stage.ts';

export interface ScaleOptions {
  /** Rounds that count; there is no warm-up, as each stage is a program that starts. */
  readonly rounds: number;
  /** Absolute; what is in it is deleted. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Measures the long lists. Answers with the figures of each round. */
export async function runScale({ rounds, folder, signal }: ScaleOptions): Promise<readonly StageFigures[][]> {
  const server = fork(program('list-server'), [String(MANY / MONTHS)], { detached: true });
  try {
    const { port } = z.object({ port: z.number() }).parse((await once(server, 'message'))[0]);
    const all: StageFigures[][] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`  round ${round}`);
      all.push(await runRound(`http://127.0.0.1:${port}`, folder, signal));
    }
    return all;
  } finally {
    server.disconnect();
  }
}

async function runRound(server: string, folder: string, signal: AbortSignal): Promise<StageFigures[]> {
  const queueFolder = await emptyFolder(join(folder, 'queue'));
  const historyFolder = await emptyFolder(join(folder, 'history'));
  const recordsFolder = await emptyFolder(join(folder, 'records'));
  return [
    ...(await runStage('list-and-queue', [server, queueFolder], signal)),
    ...(await runStage('start-up', [queueFolder], signal)),
    ...(await runStage('search-history', [historyFolder], signal)),
    ...(await runRecords(recordsFolder, signal)),
  ];
}

async function runRecords(folder: string, signal: AbortSignal): Promise<StageFigures[]> {
  await runStage('lay-records', [folder], signal);
  const figures: StageFigures[] = [];
  for (const count of RECORD_COUNTS) {
    figures.push(...(await runStage('write-records', [folder, String(count)], signal)));
  }
  return [...figures, ...(await runStage('write-by-rival', [folder], signal))];
}

async function emptyFolder(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

const program = (name: string) => join(import.meta.dirname, `${name}.ts`);

async function runStage(name: string, args: readonly string[], signal: AbortSignal): Promise<StageFigures[]> {
  signal.throwIfAborted();
  const stage = fork(program(name), args, { detached: true });
  const end = () => stage.kill('SIGKILL');
  signal.addEventListener('abort', end);
  const message = await lastMessage(stage);
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (message === undefined) throw new Problem(`The stage ${name} failed; what it said stands above.`);
  return stageMessageSchema.parse(message);
}

/** What a process said last when it has ended; nothing when it did not end well. */
async function lastMessage(stage: ChildProcess): Promise<unknown> {
  let message: unknown;
  stage.on('message', (said) => {
    message = said;
  });
  const [code] = await once(stage, 'exit');
  return code === 0 ? message : undefined;
}
