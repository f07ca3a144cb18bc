/** Does what the other thread asks for, over a file system. */
import { errnoOf } from '../disk-failure.ts';
import type { FileSystem } from '../file-system.ts';
import { md5OfFile } from '../hash-file.ts';
import { createPartFile, type PartFile, reopenPartFile } from '../part-file.ts';
import type { DiskAnswers, DiskError, DiskOp, DiskRequest, FromDisk, ToDisk } from './protocol.ts';

type Answer = DiskAnswers[DiskOp];

/** `answer` gets the answers of one turn together. The function that this answers with takes what was asked. */
export function serveDisk(files: FileSystem, answer: (answers: FromDisk) => void): (asked: ToDisk) => void {
  const parts = new Map<number, PartFile>();
  /** What is asked for one part is done one after the other. */
  const lastOf = new Map<number, Promise<unknown>>();
  const underWay = new Map<number, AbortController>();
  let answers: FromDisk[number][] = [];

  function reply(...one: FromDisk[number]): void {
    if (answers.length === 0) {
      setImmediate(() => {
        const all = answers;
        answers = [];
        answer(all);
      });
    }
    answers.push(one);
  }

  function partOf(number: number): PartFile {
    const part = parts.get(number);
    if (!part) throw new Error(`no part ${number}`);
    return part;
  }

  async function act(request: DiskRequest, signal: AbortSignal): Promise<Answer> {
    switch (request.op) {
      case 'md5Of':
        return md5OfFile(files, request.path, signal);
      case 'create': {
        const part = await createPartFile(files, request.path);
        if (part) parts.set(request.part, part);
        return part !== null;
      }
      case 'reopen': {
        const part = await reopenPartFile(files, request.path, request.keep, signal);
        if (part) parts.set(request.part, part);
        return part?.size ?? null;
      }
      case 'append': {
        const part = partOf(request.part);
        const { memory, length } = request.bytes;
        await part.append(Buffer.from(memory, 0, length));
        // The memory is given back with the answer.
        await part.drain();
        return null;
      }
      case 'reserve':
        await partOf(request.part).reserve(request.bytes);
        return null;
      case 'md5':
        return partOf(request.part).md5();
      case 'flush':
        await partOf(request.part).flush();
        return partOf(request.part).flushed;
      case 'clear':
        await partOf(request.part).clear();
        return null;
      case 'close': {
        const part = partOf(request.part);
        parts.delete(request.part);
        await part.close();
        return null;
      }
    }
  }

  async function serve(number: number, request: DiskRequest): Promise<void> {
    const controller = new AbortController();
    underWay.set(number, controller);
    try {
      reply(number, null, await act(request, controller.signal));
    } catch (error) {
      reply(number, toDiskError(error), null);
    } finally {
      underWay.delete(number);
    }
  }

  return ({ requests, cancel }) => {
    for (const [number, request] of requests) {
      if (!('part' in request)) {
        void serve(number, request);
        continue;
      }
      const { part } = request;
      const before = lastOf.get(part);
      const done = before ? before.then(() => serve(number, request)) : serve(number, request);
      lastOf.set(part, done);
      if (request.op === 'close') void done.then(() => lastOf.delete(part));
    }
    for (const number of cancel) underWay.get(number)?.abort();
  };
}

function toDiskError(error: unknown): DiskError {
  const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : null;
  const message = error instanceof Error ? error.message : String(error);
  return { message, code: errnoOf(error), syscall };
}
