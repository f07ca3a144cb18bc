/** Where CC-FS is: its own or its load balancer's address, and the path below which its interfaces lie (spec 2). */
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { readServerAddress } from '../../network/server-address.ts';

export const DEFAULT_PATH_PREFIX = '/CCFS/resource/ccfs';

/** The two interfaces of the file server, by their last path segment. */
export type Interface = 'queryBillData' | 'downloadBillFile';

/** Host and port, which is always part of it. Failure `bad-address` where the port is missing: there is no usual one. */
export function readAddress(typed: string): Result<string> {
  const address = readServerAddress(typed, undefined, { anyPort: true, defaultPort: 443 });
  const hasPort = /^([a-z][a-z0-9+.-]*:\/\/)?(\[[^\]]*\]|[^/:]*):\d+(\/|$)/i.test(typed.trim());
  return address.ok && !hasPort ? failed(failure('bad-address', 'no port')) : address;
}

/**
 * The address that interfaces are below, without a slash at its end. What is signed is the path as it is sent, so a
 * prefix that would have to be encoded is failure `bad-address`.
 */
export function baseUrl(serverAddress: string, typedPrefix: string | undefined): Result<string> {
  const prefix = (typedPrefix?.trim() || DEFAULT_PATH_PREFIX).replace(/^\/+|\/+$/g, '');
  if (!/^[\w.~-]+(\/[\w.~-]+)*$/.test(prefix)) return failed(failure('bad-address', 'the path prefix'));
  return ok(`${serverAddress}/${prefix}`);
}
