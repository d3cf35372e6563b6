/** A clock that tests move: time passes when everybody waits, and then at once to the next moment somebody waits for. */

export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Lets time pass until the work is done; the milliseconds that passed. */
  readonly during: (work: Promise<unknown>) => Promise<number>;
}

export function aClock(start = 1_800_000_000_000): Clock {
  let now = start;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ until: now + milliseconds, wake });
      }),
    async during(work) {
      const begun = now;
      const done = work.then(
        () => true,
        () => true,
      );
      while (!(await Promise.race([done, afterEverything()]))) {
        sleepers.sort((a, b) => a.until - b.until);
        const next = sleepers.shift();
        if (!next) continue;
        now = Math.max(now, next.until);
        next.wake();
      }
      await work;
      return now - begun;
    },
  };
}

/** Promises that can go on have gone on. */
function afterEverything(): Promise<false> {
  return new Promise((resolve) => {
    setImmediate(() => {
      resolve(false);
    });
  });
}
