/*
 * What the stand-in's Node 18.15 and Electron 25 lack and the application, or a library in it, counts on. Each gap is
 * filled only when it is there.
 */
const { File } = require('node:buffer');
const { webcrypto } = require('node:crypto');
const events = require('node:events');
const Module = require('node:module');
const { join } = require('node:path');
const workerThreads = require('node:worker_threads');
const zlib = require('node:zlib');
const { safeStorage } = require('electron');
const { currentSafeStorage } = require('./keyring.cjs');

/** Fills the gaps for the application in `folder`, whose node_modules hold the replacement for `node:sqlite`. */
exports.fillGaps = function fillGaps(folder) {
  replaceModule('node:sqlite', () =>
    Module.createRequire(join(folder, 'package.json'))('@photostructure/sqlite'),
  );
  fill(Symbol, { dispose: Symbol.for('Symbol.dispose'), asyncDispose: Symbol.for('Symbol.asyncDispose') });
  fill(globalThis, { File, crypto: webcrypto });
  fill(events, { addAbortListener });
  fill(workerThreads, { markAsUncloneable: () => undefined });
  fill(zlib, { createZstdDecompress });
  fill(AbortSignal, { any: anySignal });
  fill(URL, { canParse });
  fill(Promise, { withResolvers });
  fill(safeStorage, currentSafeStorage());
};

function fill(target, members) {
  for (const [name, value] of Object.entries(members)) {
    if (target[name] === undefined)
      Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
}

/** `require(name)` gives what `load` gives. Node 18 has no public hook for a built-in name. */
function replaceModule(name, load) {
  if (Module.isBuiltin(name)) return;
  const original = Module._load;
  Module._load = function loadOrReplace(request, ...rest) {
    return request === name ? load() : original.call(this, request, ...rest);
  };
}

function addAbortListener(signal, listener) {
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
}

function createZstdDecompress() {
  throw new Error('Zstandard is not available in the stand-in runtime.');
}

function anySignal(signals) {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) {
      controller.abort(signal.reason);
      break;
    }
    signal.addEventListener('abort', () => controller.abort(signal.reason), {
      once: true,
      signal: controller.signal,
    });
  }
  return controller.signal;
}

function canParse(url, base) {
  try {
    return Boolean(new URL(url, base));
  } catch {
    return false;
  }
}

function withResolvers() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}
