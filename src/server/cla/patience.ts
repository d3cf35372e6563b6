/** Work on foreign text that must not keep everybody else waiting: it gets so long, is done once a text, and not tried again. */
import { runInNewContext } from 'node:vm';

/** More results than these, or longer ones together, are forgotten, oldest first. */
const KEPT = 1_000;
const CHARACTERS = 20_000_000;

/** The result for a key; null: it took too long, now or before. */
export type Patient = (key: string, work: () => string) => string | null;

/** Does work of at most so many milliseconds, and remembers what came of it. */
export function patient(milliseconds: number): Patient {
  const results = new Map<string, string | null>();
  let size = 0;
  const forget = (key: string): void => {
    size -= results.get(key)?.length ?? 0;
    results.delete(key);
  };
  return (key, work) => {
    const result = results.has(key) ? (results.get(key) ?? null) : within(milliseconds, work);
    forget(key);
    results.set(key, result);
    size += result?.length ?? 0;
    for (const oldest of results.keys()) if (results.size > KEPT || size > CHARACTERS) forget(oldest);
    return result;
  };
}

/** Node interrupts what runs too long only there; what is run is the caller's own function. */
function within(milliseconds: number, work: () => string): string | null {
  try {
    return String(runInNewContext('work()', { work }, { timeout: milliseconds }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  }
}
