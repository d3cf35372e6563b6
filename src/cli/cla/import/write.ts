/** Enters what an import planned, in portions, and has pull requests looked at that waited for it. */
import type { Entry } from '../../../facts/register.ts';
import { lookAgain, type Again } from '../again.ts';
import type { Desk } from '../desk.ts';
import { entriesOf } from '../entries.ts';
import type { Plan, Target } from './plan.ts';

/** Whoever signs meanwhile waits for one portion. */
const PORTION = 100;

/** Enters a plan, and notes what else is to be known. */
export async function enterPlan({ entries }: Plan, target: Target, desk: Desk, progress: (done: number) => void) {
  const notes: string[] = [];
  if (await hasErased(desk)) notes.push(ERASED);
  if ((await desk.store.agreement(target.agreement, target.version)) === null) notes.push(unread(target));
  return { ...(await enterAll(entries, desk, progress)), notes };
}

// The register keeps nothing by which it could know them again: that is what erasing means.
const ERASED =
  'People have been erased from this register, and it cannot tell whether the list names them. Where it does, erase them again: `steward cla erase`.';

async function hasErased({ store }: Desk): Promise<boolean> {
  for await (const { kind } of entriesOf(store)) if (kind === 'erased') return true;
  return false;
}

function unread({ agreement, version }: Target): string {
  const [keeper, id] = [agreement.slice(0, agreement.lastIndexOf('/')), agreement.slice(agreement.lastIndexOf('/') + 1)];
  return (
    `Steward has not read version ${version} of ${agreement} yet. What was imported counts as soon as ` +
    `a policy of ${keeper} names an agreement with the id "${id}".`
  );
}

/** Enters entries; those with evidence that is there already are left out. Safe to repeat after an interruption. */
async function enterAll(
  entries: readonly Entry[],
  desk: Desk,
  progress: (done: number) => void,
): Promise<{ readonly entered: number; readonly known: number; readonly again: Again }> {
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
  // Also for entries that were there: an earlier run may have ended before this.
  return { entered, known: entries.length - entered, again: await lookAgain(entries, desk) };
}
