import { startYeastarSample } from '../../demo/yeastar-s/yeastar-sample.ts';
import { readServerAddress } from '../../network/server-address.ts';
import type { Provider } from '../provider.ts';
import { DEFAULT_PORT, reports, signIn } from './declaration.ts';
import { createPbxGate, type PbxGate } from './pbx-gate.ts';
import { createSession } from './session.ts';

/** Yeastar S-Series VoIP PBX: call records, through the API of versions 1.1.0 and 2.0.0. */
export function createYeastarS(): Provider {
  /** By server address: what a PBX counts, it counts for this computer, not for an account. */
  const gates = new Map<string, PbxGate>();

  function gateOf(serverAddress: string): PbxGate {
    const gate = gates.get(serverAddress) ?? createPbxGate();
    gates.set(serverAddress, gate);
    return gate;
  }

  return {
    signIn,
    reports,
    readAddress: (typed) =>
      readServerAddress(typed, '', { anyPort: true, defaultPort: DEFAULT_PORT, plainHttp: true }),
    accountName: (fields) => fields.userName?.trim() ?? '',
    startSample: startYeastarSample,
    openSession: (options) => createSession(options, gateOf(options.serverAddress)),
  };
}
