/** One at a time a key, in the order of asking: for what must not be done twice at once. */

export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Turns of this process. What is done in one may fail; the next one comes all the same. */
export function turns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
