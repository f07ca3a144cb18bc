import { describe, expect, it } from 'vitest';
import { LEAST_SPEED_LIMIT, settingsChangeSchema } from '../../../../electron/contract/settings.ts';
import {
  isSpeedLimit,
  LEAST_MEGABYTES,
  MOST_MEGABYTES,
  toBytes,
  toMegabytes,
} from '../../../../renderer/features/settings/megabytes.ts';

describe('the speed limit as it is typed', () => {
  it('is in millions of bytes, to one decimal', () => {
    expect(toBytes(2.5)).toBe(2_500_000);
    expect(toMegabytes(2_500_000)).toBe(2.5);
    expect(toMegabytes(1_234_567)).toBe(1.2);
  });

  it('comes back as it was typed, for every tenth', () => {
    for (let tenths = 1; tenths <= 300; tenths += 1)
      expect(toMegabytes(toBytes(tenths / 10))).toBe(tenths / 10);
  });

  it('is never shown as less than can be typed', () => {
    expect(isSpeedLimit(toMegabytes(LEAST_SPEED_LIMIT))).toBe(true);
  });

  it.each([LEAST_MEGABYTES, 0.3, MOST_MEGABYTES])('%d MB/s can be kept', (megabytes) => {
    expect(isSpeedLimit(megabytes)).toBe(true);
    expect(settingsChangeSchema.safeParse({ speedLimit: toBytes(megabytes) }).success).toBe(true);
  });

  it.each([0, 0.05, -1, MOST_MEGABYTES + 1, '', '5', Number.NaN])('%j is not one', (typed) => {
    expect(isSpeedLimit(typed)).toBe(false);
  });
});
