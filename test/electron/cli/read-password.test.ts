import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readPassword } from '../../../electron/cli/read-password.ts';

function input(isTTY = false) {
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  const stop = new AbortController();
  const read = () =>
    readPassword({
      stdin: Object.assign(stdin, { isTTY, setRawMode: () => stdin }) as unknown as NodeJS.ReadStream,
      stderr: stderr as unknown as NodeJS.WriteStream,
      label: 'Password',
      stop: stop.signal,
    });
  return { stdin, stderr, stop, read };
}

const ended = async (...chunks: readonly (string | Buffer)[]) => {
  const { stdin, read } = input();
  const answer = read();
  for (const chunk of chunks) stdin.write(chunk);
  stdin.end();
  return answer;
};

describe('a password from standard input', () => {
  it.each([
    [['secret'], 'secret'],
    [['secret\n'], 'secret'],
    [['secret\r\nmore\n'], 'secret'],
    [[' with blanks \n'], ' with blanks '],
    [['in ', 'pie', 'ces\r', '\n'], 'in pieces'],
    [[Buffer.from('schlüssel').subarray(0, 5), Buffer.from('schlüssel').subarray(5)], 'schlüssel'],
    [['\n'], ''],
  ])('is its first line without the line break: %j', async (chunks, password) => {
    expect(await ended(...chunks)).toEqual({ ok: true, value: password });
  });

  it('is none where nothing comes', async () => {
    expect(await ended()).toMatchObject({ failure: { code: 'sign-in-refused' } });
  });

  it('leaves the next line for the next secret', async () => {
    const { stdin, read } = input();
    stdin.end('first\nsecond\n');
    expect([await read(), await read()]).toMatchObject([{ value: 'first' }, { value: 'second' }]);
  });

  it('is waited for no longer when that is stopped', async () => {
    const { stop, read } = input();
    const answer = read();
    stop.abort();
    expect(await answer).toMatchObject({ failure: { code: 'cancelled' } });
  });
});

describe('a password at a terminal', () => {
  it('is asked for, and never shown', async () => {
    const { stdin, stderr, read } = input(true);
    const answer = read();
    stdin.write('hush\r');
    expect(await answer).toEqual({ ok: true, value: 'hush' });
    expect(String(stderr.read())).toBe('Password: \n');
  });

  it('is not waited for after Ctrl-C', async () => {
    const { stdin, read } = input(true);
    const answer = read();
    stdin.write('hu\u0003');
    expect(await answer).toMatchObject({ failure: { code: 'cancelled' } });
  });
});
