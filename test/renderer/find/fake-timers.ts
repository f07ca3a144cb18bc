/** Time that stands still until the test moves it. */
export function createFakeTimers(start: number) {
  let time = start;
  const timers = new Set<{ at: number; act: () => void }>();
  return {
    now: () => time,
    after(ms: number, act: () => void): () => void {
      const timer = { at: time + ms, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    /** How many are set. */
    get waiting() {
      return timers.size;
    },
    advance(ms: number): void {
      const end = time + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        time = next.at;
        timers.delete(next);
        next.act();
      }
      time = end;
    },
  };
}
