/** Starts the engine as a process of its own, and reads what its records say afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { recordsFile } from '../../electron/cli/records.ts';
import { number, type Row, text, textOrNull } from '../../electron/lib/read-row.ts';
import type { EngineLine, EngineProcessOptions } from './engine-process.ts';

export interface EngineRun {
  /** Waits for a line of it; null when it ended before. */
  next(event: EngineLine['event']): Promise<EngineLine | null>;
  kill(): void;
  /** All that it told, once it has ended by itself or by a signal. Throws what it had to say when it broke. */
  readonly ended: Promise<{ readonly lines: readonly EngineLine[]; readonly signal: NodeJS.Signals | null }>;
}

export function startEngineProcess(options: EngineProcessOptions): EngineRun {
  const program = join(import.meta.dirname, 'engine-process.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: EngineLine[] = [];
  let complaints = '';
  let tellNews = () => {};
  child.stderr.on('data', (said) => {
    complaints += String(said);
  });
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(JSON.parse(line));
    tellNews();
  });
  const ended = Promise.all([once(child, 'close'), once(reader, 'close')]).then(([[code, signal]]) => {
    tellNews();
    if (code !== 0 && signal === null) throw new Error(`the engine's process broke: ${complaints}`);
    return { lines, signal };
  });
  let isOver = false;
  const over = () => {
    isOver = true;
    tellNews();
  };
  ended.then(over, over);

  return {
    async next(event) {
      for (;;) {
        const line = lines.find((one) => one.event === event);
        if (line || isOver) return line ?? null;
        await new Promise<void>((resolve) => {
          tellNews = resolve;
        });
      }
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

/** What the records of a data folder say when no engine works with them. */
export interface RecordsNow {
  readonly integrity: string;
  readonly rows: readonly RowNow[];
  readonly history: readonly { readonly name: string; readonly outcome: string }[];
}

export interface RowNow {
  readonly fileId: string;
  readonly state: string;
  readonly attempts: number;
  readonly finalName: string | null;
}

export function readRecords(dataFolder: string): RecordsNow {
  const database = new DatabaseSync(recordsFile(dataFolder));
  const all = (sql: string): Row[] => database.prepare(sql).all();
  try {
    return {
      integrity: all('PRAGMA integrity_check')
        .map((row) => text(row, 'integrity_check'))
        .join(),
      rows: all('SELECT * FROM downloads ORDER BY id').map((row) => ({
        fileId: text(row, 'file_id'),
        state: text(row, 'state'),
        attempts: number(row, 'attempts'),
        finalName: textOrNull(row, 'final_name'),
      })),
      history: all('SELECT name, outcome FROM history ORDER BY id').map((row) => ({
        name: text(row, 'name'),
        outcome: text(row, 'outcome'),
      })),
    };
  } finally {
    database.close();
  }
}
