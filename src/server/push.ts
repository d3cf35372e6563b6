/** Whether a push touches the policy file. */
import { list, type Payload } from './payload.ts';

const POLICY_FILE = '.github/steward.yml';
/** GitHub lists at most this many commits of a push; the rest is left out in silence. */
const LISTED = 2048;

/** Whether a listed commit adds, changes or removes the policy file. */
export function touchesPolicy(payload: Payload<'push'>): boolean {
  return listed(payload).some((commit) =>
    [commit.added, commit.modified, commit.removed].some(
      (paths) => Array.isArray(paths) && (paths as unknown[]).includes(POLICY_FILE),
    ),
  );
}

/** The same, and also where the list cannot tell: cut short, or a branch that was reset to something else. */
export function mayTouchPolicy(payload: Payload<'push'>): boolean {
  const count = listed(payload).length;
  return touchesPolicy(payload) || count === 0 || count >= LISTED || payload.forced === true || payload.created === true;
}

function listed(payload: Payload<'push'>): readonly NonNullable<NonNullable<Payload<'push'>['commits']>[number]>[] {
  return list(payload.commits, LISTED);
}
