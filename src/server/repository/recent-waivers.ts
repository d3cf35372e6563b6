/** The waivers of accounts as they were read a short while ago: a page is not worth reading thousands of files each time. */
import type { Granted } from '../../policy/waivers/waiver.ts';
import { grantingFrom, type Granting, type LookPorts } from './look.ts';

const FRESH = 60_000;
const MOST_ACCOUNTS = 20;

/** Reads the waivers of an account again after a minute at the earliest; one that ends meanwhile is left out at once. */
export function recentGranting(ports: Pick<LookPorts, 'store' | 'rules'>): Granting {
  const read = grantingFrom(ports);
  const seen = new Map<string, { readonly at: number; readonly granted: Promise<readonly Granted[] | null> }>();
  return async (repository, terms, now) => {
    const key = JSON.stringify([repository.toLowerCase(), terms]);
    const last = seen.get(key);
    const isFresh = last !== undefined && now.getTime() - last.at < FRESH;
    const granted = isFresh ? last.granted : read(repository, terms, now);
    if (!isFresh) {
      seen.delete(key);
      seen.set(key, { at: now.getTime(), granted });
      // What failed is not remembered.
      granted.catch(() => seen.delete(key));
      const [oldest] = seen.keys();
      if (seen.size > MOST_ACCOUNTS && oldest !== undefined) seen.delete(oldest);
    }
    return (await granted)?.filter(({ ends }) => Date.parse(ends) > now.getTime()) ?? null;
  };
}
