import { join } from 'node:path';
import { startYeastarSample } from '../../demo/yeastar-s/yeastar-sample.ts';
import { safeFileName } from '../../lib/safe-file-name.ts';
import { readServerAddress } from '../../network/server-address.ts';
import type { Provider, SessionOptions } from '../provider.ts';
import { DEFAULT_PORT, reports, signIn } from './declaration.ts';
import { createPbxGate, type PbxGate } from './pbx-gate.ts';
import { createRefusalFile } from './refusal-file.ts';
import { createSession } from './session.ts';

/** Yeastar S-Series VoIP PBX: call records, through the API of versions 1.1.0 and 2.0.0. */
export function createYeastarS(): Provider {
  /** By host: what a PBX counts, it counts for this computer, not for an account or one of its own ports. */
  const gates = new Map<string, PbxGate>();

  function gateOf({ serverAddress, folder, clock }: SessionOptions): PbxGate {
    const host = hostOf(serverAddress);
    const place = folder === undefined ? null : join(folder, safeFileName(host));
    const key = place ?? host;
    const gate = gates.get(key) ?? createPbxGate(place === null ? null : createRefusalFile(place, clock));
    gates.set(key, gate);
    return gate;
  }

  return {
    signIn,
    reports,
    readAddress: (typed) =>
      readServerAddress(typed, '', { anyPort: true, defaultPort: DEFAULT_PORT, plainHttp: true }),
    accountName: (fields) => fields.userName?.trim() ?? '',
    startSample: startYeastarSample,
    openSession: (options) => createSession(options, gateOf(options)),
  };
}

/** The host of an address, in the one way of writing it. */
export const hostOf = (address: string): string => new URL(address).hostname.replace(/\.$/, '');
