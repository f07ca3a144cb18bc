import type { Failure } from '../contract/failure.ts';
import type { Bars } from './bars.ts';
import { failureText } from './words.ts';

/** What a run tells, as lines for people or, with `--json`, as an object a line. */
export interface Output {
  readonly json: boolean;
  /** A result: the object with `--json`, else the text. */
  line(object: object, text: () => string): void;
  /** What a person should know beside the results: a line on standard error, nothing with `--json`. */
  note(text: string): void;
  /** Why the run as a whole failed. */
  failure(failure: Failure): void;
  /** Progress, where a person is watching; null elsewhere. */
  readonly bars: Bars | null;
  /** Resolves when everything was handed over. */
  end(): Promise<void>;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export async function createOutput({ json, stdout, stderr }: OutputOptions): Promise<Output> {
  // Whoever reads may have seen enough (`... | head`). That is no reason to stop downloading.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  // Loaded where they are seen only: every start would pay for it.
  const bars = !json && stderr.isTTY ? (await import('./bars.ts')).createBars(stderr) : null;
  const gathered = createLineWriter(stdout);

  /** Above the bars where both go to the same terminal. */
  function write(text: string): void {
    if (bars && stdout.isTTY) bars.above(text);
    else gathered.write(text);
  }

  function note(text: string): void {
    if (json) return;
    if (bars) bars.above(text);
    else stderr.write(`${text}\n`);
  }

  return {
    json,
    bars,
    note,
    line: (object, text) => write(json ? JSON.stringify(object) : text()),
    failure(failure) {
      const { code, fingerprint } = failure;
      const message = failureText(failure);
      // What is undefined is no part of JSON.
      if (json) write(JSON.stringify({ error: { code, message, fingerprint } }));
      else note(message);
    },
    async end() {
      bars?.close();
      gathered.flush();
      await Promise.all([written(stdout), written(stderr)]);
    },
  };
}

/** Lines that come in the same turn are written as one: thousands of files are not to cost thousands of writes. */
function createLineWriter(stream: NodeJS.WriteStream) {
  let waiting: string[] = [];
  function flush(): void {
    if (waiting.length === 0) return;
    stream.write(waiting.join(''));
    waiting = [];
  }
  return {
    flush,
    write(text: string): void {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(`${text}\n`);
    },
  };
}

/** Resolves when what was written before has left, or never will. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write('', () => resolve());
  });
