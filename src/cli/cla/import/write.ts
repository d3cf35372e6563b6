/** Enters what an import planned, in portions, and has pull requests looked at that waited for it. */
import type { Entry } from '../../../facts/register.ts';
import { signed } from '../../../server/signed.ts';
import type { Desk } from '../desk.ts';

/** Whoever signs meanwhile waits for one portion. */
const PORTION = 100;

/** Enters entries; those with evidence that is there already are left out. Safe to repeat after an interruption. */
export async function enterAll(
  entries: readonly Entry[],
  desk: Desk,
  progress: (done: number) => void = () => undefined,
): Promise<{ readonly entered: number; readonly known: number; readonly again: number }> {
  let entered = 0;
  for (let from = 0; from < entries.length; from += PORTION) {
    const portion = entries.slice(from, from + PORTION);
    entered += await desk.store.transaction(async () => {
      let count = 0;
      for (const entry of portion) if (await desk.store.enter(entry)) count += 1;
      return count;
    });
    progress(Math.min(from + PORTION, entries.length));
  }
  return { entered, known: entries.length - entered, again: await settle(entries, desk) };
}

/** Those who are covered now; also of entries that were there, because an earlier run may have ended before this. */
async function settle(entries: readonly Entry[], desk: Desk): Promise<number> {
  const accounts = new Set(
    entries.flatMap((entry) => (entry.kind === 'signed' || entry.kind === 'person-added' ? [entry.person.accountId] : [])),
  );
  let again = 0;
  for (const account of accounts) again += await signed(account, desk);
  return again;
}
