/**
 * A disk that forgets what was not flushed when its power is cut: bytes behind the last flush of their file, and names
 * that were given or taken since the last flush of their folder. Chance decides how much of that it had written anyway.
 */
import type { PathLike } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileSystem, OpenFile } from '../../electron/downloads/file-system.ts';
import { realFiles } from '../../electron/downloads/real-files.ts';
import { diskError } from './faulty-files.ts';

export interface PowerCutDisk {
  readonly files: FileSystem;
  /** The power is gone: every call fails from now on. */
  off(): void;
  /**
   * Leaves in the folder what the disk would have kept, and works again. `chance` is from 0 up to 1. Answers with the
   * names that are back because their removal was not flushed.
   */
  on(chance: () => number): Promise<string[]>;
}

/** The bytes of a file, whatever it is called. */
interface Bytes {
  /** As they are for sure; what is not there was never flushed. */
  safe: Buffer;
  dirty: boolean;
}

type Change =
  | { readonly kind: 'add'; readonly name: string; readonly bytes: Bytes }
  | { readonly kind: 'remove'; readonly name: string; readonly bytes: Bytes; readonly content: Buffer }
  | { readonly kind: 'move'; readonly from: string; readonly to: string; readonly bytes: Bytes };

const BLOCK_BYTES = 4096;

/** Knows the files of one folder. */
export function createPowerCutDisk(folder: string): PowerCutDisk {
  const names = new Map<string, Bytes>();
  /** Changes of names that are not safe yet, in their order. */
  let unsafe: Change[] = [];
  let isOn = true;

  function check(call: string): void {
    if (!isOn) throw diskError('EIO', call);
  }

  async function known(name: string): Promise<Bytes> {
    const bytes = names.get(name) ?? { safe: await readFile(join(folder, name)), dirty: false };
    names.set(name, bytes);
    return bytes;
  }

  function change(done: Change): void {
    unsafe.push(done);
    if (done.kind === 'remove') names.delete(done.name);
    if (done.kind === 'move') names.delete(done.from);
    if (done.kind !== 'remove') names.set(done.kind === 'add' ? done.name : done.to, done.bytes);
  }

  /** The folder: with it all names are made safe. */
  const openFolder = (handle: OpenFile): OpenFile => ({
    ...bound(handle),
    async sync() {
      check('sync');
      const before = unsafe.length;
      await handle.sync();
      unsafe = unsafe.slice(before);
    },
  });

  const openFile = (handle: OpenFile, path: string, bytes: Bytes): OpenFile => ({
    ...bound(handle),
    writev(buffers, position) {
      check('writev');
      bytes.dirty = true;
      return handle.writev(buffers, position);
    },
    truncate(length) {
      check('truncate');
      bytes.dirty = true;
      return handle.truncate(length);
    },
    async datasync() {
      check('datasync');
      // What is written while it flushes may be safe or not: it counts as not.
      const flushed = await readFile(path);
      await handle.datasync();
      bytes.safe = flushed;
    },
  });

  async function open(path: PathLike, flags: string): Promise<OpenFile> {
    check('open');
    const handle = await realFiles.open(path, flags);
    if (path === folder) return openFolder(handle);
    const name = basename(String(path));
    if (flags.includes('x')) change({ kind: 'add', name, bytes: { safe: Buffer.alloc(0), dirty: false } });
    return openFile(handle, String(path), await known(name));
  }

  /** The names as they would be if only the first of the unsafe changes had been written. */
  function namesAfter(kept: number): Map<string, Bytes> {
    const after = new Map(names);
    for (const undone of unsafe.slice(kept).reverse()) {
      if (undone.kind !== 'remove') after.delete(undone.kind === 'add' ? undone.name : undone.to);
      if (undone.kind !== 'add')
        after.set(undone.kind === 'remove' ? undone.name : undone.from, undone.bytes);
    }
    return after;
  }

  /** What is under any of its names, or was when it lost the last one. */
  async function liveContent(bytes: Bytes): Promise<Buffer> {
    for (const [name, of] of names) if (of === bytes) return readFile(join(folder, name));
    const removed = unsafe.find((one) => one.kind === 'remove' && one.bytes === bytes);
    return removed?.kind === 'remove' ? removed.content : bytes.safe;
  }

  return {
    files: {
      ...realFiles,
      open,
      async link(from, to) {
        check('link');
        await realFiles.link(from, to);
        const bytes = await known(basename(String(from)));
        change({ kind: 'add', name: basename(String(to)), bytes });
      },
      async rename(from, to) {
        check('rename');
        const bytes = await known(basename(String(from)));
        await realFiles.rename(from, to);
        change({ kind: 'move', from: basename(String(from)), to: basename(String(to)), bytes });
      },
      async unlink(path) {
        check('unlink');
        const name = basename(String(path));
        const content = await readFile(path);
        const bytes = await known(name);
        await realFiles.unlink(path);
        change({ kind: 'remove', name, bytes, content });
      },
    },
    off() {
      isOn = false;
    },
    async on(chance) {
      const left = new Map<string, Buffer>();
      const after = namesAfter(Math.floor(chance() * (unsafe.length + 1)));
      const back = [...after.keys()].filter((name) => !names.has(name));
      for (const [name, bytes] of after) {
        const live = await liveContent(bytes);
        left.set(name, bytes.dirty ? whatIsLeft(bytes.safe, live, chance) : live);
      }
      for (const name of names.keys()) await rm(join(folder, name), { force: true });
      names.clear();
      unsafe = [];
      for (const [name, content] of left) {
        await writeFile(join(folder, name), content);
        names.set(name, { safe: content, dirty: false });
      }
      isOn = true;
      return back;
    },
  };
}

const bound = (handle: OpenFile): OpenFile => ({
  writev: (...input) => handle.writev(...input),
  read: (...input) => handle.read(...input),
  truncate: (length) => handle.truncate(length),
  datasync: () => handle.datasync(),
  sync: () => handle.sync(),
  close: () => handle.close(),
});

/** All that was written, only what was flushed, or some blocks of the one and some of the other. */
function whatIsLeft(safe: Buffer, live: Buffer, chance: () => number): Buffer {
  const kind = Math.floor(chance() * 3);
  if (kind === 0) return live;
  if (kind === 1) return safe;
  const mixed = Buffer.alloc(Math.max(safe.length, live.length));
  for (let at = 0; at < mixed.length; at += BLOCK_BYTES) {
    const from = chance() < 0.5 ? safe : live;
    from.subarray(at, at + BLOCK_BYTES).copy(mixed, at);
  }
  return mixed;
}
