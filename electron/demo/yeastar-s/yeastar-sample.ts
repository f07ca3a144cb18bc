import type { Clock } from '../../lib/clock.ts';
import { startPbxService } from './pbx-service.ts';

/** A little slowness, so that the work is seen. */
const LATENCY_MS = 60;
const BYTES_PER_SECOND = 400_000;

/** Sample data: a PBX with the calls of the year before now, and how to sign in to it. */
export async function startYeastarSample(clock: Clock) {
  const service = await startPbxService({
    clock,
    latencyMs: LATENCY_MS,
    bytesPerSecond: BYTES_PER_SECOND,
  });
  const { name, password } = service.account;
  return {
    fields: { userName: name, password, pbxName: 'sample', timeZone: 'UTC' },
    serverAddress: service.address,
    close: () => service.close(),
  };
}
