/** How far back a speed looks: long enough to be calm, short enough to be true. */
const WINDOW_MS = 3000;

export interface SpeedMeter {
  /** Notes how many bytes there are at `now` (milliseconds) and answers with bytes a second. */
  at(now: number, bytes: number): number;
}

/** The average speed over the last seconds. Going back, in time or in bytes, begins anew. */
export function createSpeedMeter(now: number, bytes: number): SpeedMeter {
  let samples = [{ now, bytes }];
  return {
    at(now, bytes) {
      const last = samples.at(-1);
      if (last && (now < last.now || bytes < last.bytes)) samples = [];
      samples.push({ now, bytes });
      // One sample from before the window stays, so that the whole window counts.
      while (samples[1] && samples[1].now <= now - WINDOW_MS) samples.shift();
      const first = samples[0];
      if (!first || now <= first.now) return 0;
      return Math.round(((bytes - first.bytes) / (now - first.now)) * 1000);
    },
  };
}
