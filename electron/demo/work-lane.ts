/** Runs one short step of work in each turn of the event loop, so that long work never holds up the window. */
export type WorkLane = <T>(step: () => T) => Promise<T>;

/** A lane of its own: steps run in the order they were asked for, and a step that throws rejects its own promise. */
export function createWorkLane(): WorkLane {
  let last: Promise<unknown> = Promise.resolve();
  return (step) => {
    const result = last.then(nextTurn).then(step);
    last = result.catch(() => undefined);
    return result;
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
