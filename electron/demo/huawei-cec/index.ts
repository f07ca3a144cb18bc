import type { Clock } from '../../lib/clock.ts';
import { startHuaweiService } from './huawei-service.ts';

/** So that the wait is seen, and the first look finds the file. */
const MAKING_MS = 10_000;

/** The "Try it with sample data" service: a contact center with calls of the year before now, and how to sign in to it. */
export async function startHuaweiSample(clock: Clock) {
  const service = await startHuaweiService({ clock, makingMs: MAKING_MS, strict: false });
  const { accessKey, secretKey } = service.owner;
  return {
    fields: { accessKey, secretKey, timeZone: 'UTC' },
    serverAddress: service.address,
    close: () => service.close(),
  };
}
