import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

export interface ReadPasswordOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** What to call it where a person is asked for it. */
  readonly label: string;
  readonly stop: AbortSignal;
}

/**
 * A line of standard input without its line break; null when there is none, or when it was stopped. At a terminal it
 * is asked for, and what is typed is not shown.
 */
export const readPassword = (options: ReadPasswordOptions): Promise<string | null> =>
  options.stdin.isTTY ? askForPassword(options) : readLine(options.stdin, options.stop);

/** Takes no more than the line from the stream, so that a second call gets the next one. */
function readLine(stdin: NodeJS.ReadStream, stop: AbortSignal): Promise<string | null> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  return new Promise((resolve) => {
    const end = (answer: string | null) => {
      stdin.off('readable', read).off('end', atEnd).off('error', atEnd);
      stop.removeEventListener('abort', stopped);
      resolve(answer);
    };
    const atEnd = () => end(line === '' ? null : line);
    const stopped = () => end(null);
    const read = () => {
      for (let chunk = nextChunk(stdin); chunk; chunk = nextChunk(stdin)) {
        const lineBreak = chunk.indexOf('\n');
        line += decoder.write(lineBreak < 0 ? chunk : chunk.subarray(0, lineBreak));
        if (lineBreak < 0) continue;
        stdin.unshift(chunk.subarray(lineBreak + 1));
        end(line.replace(/\r$/, ''));
        break;
      }
    };
    stop.addEventListener('abort', stopped, { once: true });
    stdin.on('readable', read).on('end', atEnd).on('error', atEnd);
    if (stop.aborted) stopped();
    else read();
  });
}

function nextChunk(stdin: NodeJS.ReadStream): Buffer | null {
  const chunk: unknown = stdin.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}

function askForPassword({ stdin, stderr, label, stop }: ReadPasswordOptions): Promise<string | null> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: stdin, output: nowhere, terminal: true });
  stderr.write(`${label}: `);
  return new Promise((resolve) => {
    function end(answer: string | null): void {
      stop.removeEventListener('abort', stopped);
      terminal.close();
      stderr.write('\n');
      resolve(answer);
    }
    const stopped = () => end(null);
    stop.addEventListener('abort', stopped, { once: true });
    terminal.once('SIGINT', () => end(null)).once('line', end);
  });
}
