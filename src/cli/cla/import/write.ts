/** Enters what an import planned, in portions, and has pull requests looked at that waited for it. */
import type { Store } from '../../../store/store.ts';
import { lookAgain, type Again } from '../again.ts';
import type { Desk } from '../desk.ts';
import type { Held, Sorted } from './held.ts';
import type { Planned, Target } from './plan.ts';

/** Whoever signs meanwhile waits for one portion. */
const PORTION = 100;

/** What an import did, or would do. */
export interface Written {
  readonly entered: number;
  readonly known: number;
  readonly again: Again;
}

/** Enters what is not there yet. Safe to repeat after an interruption. */
export async function enterPlan({ fresh, known }: Sorted, desk: Desk, progress: (done: number) => void): Promise<Written> {
  const entered = await enterAll(fresh, desk, progress);
  // Also for entries that were there: an earlier run may have ended before this.
  const again = await lookAgain(
    [...known, ...fresh].map(({ entry }) => entry),
    desk,
  );
  return { entered, known: known.length + fresh.length - entered, again };
}

/** What else is to be known. */
export async function notesOn(store: Pick<Store, 'agreement'>, { hasErased }: Held, target: Target): Promise<readonly string[]> {
  const isRead = (await store.agreement(target.agreement, target.version)) !== null;
  return [...(hasErased ? [ERASED] : []), ...(isRead ? [] : [unread(target)])];
}

// The register keeps nothing by which it could know them again: that is what erasing means.
const ERASED =
  'People have been erased from this register, and it cannot tell whether the list names them. Where it does, erase them again: `steward cla erase`.';

function unread({ agreement, version }: Target): string {
  const [keeper, id] = [agreement.slice(0, agreement.lastIndexOf('/')), agreement.slice(agreement.lastIndexOf('/') + 1)];
  return (
    `Steward has not read version ${version} of ${agreement} yet. What was imported counts as soon as ` +
    `a policy of ${keeper} names an agreement with the id "${id}".`
  );
}

async function enterAll(planned: readonly Planned[], { store }: Desk, progress: (done: number) => void): Promise<number> {
  let entered = 0;
  for (let from = 0; from < planned.length; from += PORTION) {
    const portion = planned.slice(from, from + PORTION);
    entered += await store.transaction(async () => {
      let count = 0;
      for (const { entry } of portion) if (await store.enter(entry)) count += 1;
      return count;
    });
    progress(Math.min(from + PORTION, planned.length));
  }
  return entered;
}
