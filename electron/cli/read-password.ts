import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';

export interface ReadPasswordOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** What to call it where a person is asked for it. */
  readonly label: string;
  readonly stop: AbortSignal;
}

/**
 * A line of standard input without its line break. At a terminal it is asked for, and what is typed is not shown.
 * Failure `sign-in-refused`: there is no line; `cancelled`: it was stopped.
 */
export const readPassword = (options: ReadPasswordOptions): Promise<Result<string>> =>
  options.stdin.isTTY ? askForPassword(options) : readLine(options.stdin, options.stop);

const nothing = failed(failure('sign-in-refused', 'no password came'));
const stopped = failed(failure('cancelled', 'stopped while a password was waited for'));

/** Takes no more than the line from the stream, so that a second call gets the next one. */
function readLine(stdin: NodeJS.ReadStream, stop: AbortSignal): Promise<Result<string>> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  return new Promise((resolve) => {
    const end = (answer: Result<string>) => {
      stdin.off('readable', read).off('end', atEnd).off('error', atEnd);
      stop.removeEventListener('abort', onStop);
      resolve(answer);
    };
    const atEnd = () => end(line === '' ? nothing : ok(line));
    const onStop = () => end(stopped);
    const read = () => {
      for (let chunk = nextChunk(stdin); chunk; chunk = nextChunk(stdin)) {
        const lineBreak = chunk.indexOf('\n');
        line += decoder.write(lineBreak < 0 ? chunk : chunk.subarray(0, lineBreak));
        if (lineBreak < 0) continue;
        stdin.unshift(chunk.subarray(lineBreak + 1));
        end(ok(line.replace(/\r$/, '')));
        break;
      }
    };
    stop.addEventListener('abort', onStop, { once: true });
    stdin.on('readable', read).on('end', atEnd).on('error', atEnd);
    if (stop.aborted) onStop();
    else read();
  });
}

function nextChunk(stdin: NodeJS.ReadStream): Buffer | null {
  const chunk: unknown = stdin.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}

function askForPassword({ stdin, stderr, label, stop }: ReadPasswordOptions): Promise<Result<string>> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: stdin, output: nowhere, terminal: true });
  stderr.write(`${label}: `);
  return new Promise((resolve) => {
    const end = (answer: Result<string>) => {
      stop.removeEventListener('abort', onStop);
      terminal.close();
      stderr.write('\n');
      resolve(answer);
    };
    const onStop = () => end(stopped);
    stop.addEventListener('abort', onStop, { once: true });
    terminal.once('SIGINT', onStop).once('line', (line) => end(ok(line)));
    if (stop.aborted) onStop();
  });
}
