import type { Clock } from '../lib/clock.ts';
import { startDemoService } from './demo-service.ts';

/** A little slowness, so that progress is seen: a short wait for every answer, and a limit for every connection. */
const LATENCY_MS = 40;
const BYTES_PER_SECOND = 700_000;

/** The "Try it with sample data" service: the year before today, and how to sign in to it. */
export async function startSampleService(clock: Clock) {
  const service = await startDemoService({
    today: new Date(clock.now()).toISOString().slice(0, 10),
    latencyMs: LATENCY_MS,
    bytesPerSecond: BYTES_PER_SECOND,
  });
  return {
    fields: { accountName: service.account.name, accountPassword: service.account.password },
    serverAddress: service.address,
    close: () => service.close(),
  };
}
