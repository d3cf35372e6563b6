/** One piece of work at a time for each key: what comes meanwhile waits for its turn. Part of the spine. */

const queues = new WeakMap<object, Map<string, Promise<void>>>();

/** Runs the work once all earlier work of the same key at the same place has ended, well or not. */
export async function inTurn<T>(place: object, key: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(place) ?? new Map<string, Promise<void>>();
  queues.set(place, queue);
  const running = (queue.get(key) ?? Promise.resolve()).then(work);
  const ended = running.then(nothing, nothing);
  queue.set(key, ended);
  try {
    return await running;
  } finally {
    if (queue.get(key) === ended) queue.delete(key);
  }
}

function nothing(): void {
  // Whoever asked for the work hears of its failure.
}
