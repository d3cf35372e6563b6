/** Whether a push touches files that govern more than the pushed branch. */
import { COMMUNITY_FILES, kindOf } from '../facts/community-names.ts';
import { list, type Payload } from './payload.ts';

const POLICY_FILE = '.github/steward.yml';
/** GitHub lists at most this many commits of a push; the rest is left out in silence. */
const LISTED = 2048;
/** Files of which GitHub shows the organization's own where a repository has none. */
const DEFAULTS = COMMUNITY_FILES.map(kindOf).filter(({ hasDefault }) => hasDefault);
const TEMPLATES = /(?:^|\/)(?:ISSUE|PULL_REQUEST)_TEMPLATE\//i;

/** Whether a listed commit adds, changes or removes the policy file. */
export function touchesPolicy(payload: Payload<'push'>): boolean {
  return touches(payload, (path) => path === POLICY_FILE);
}

/** The same, and also where the list cannot tell: cut short, or a branch that was reset to something else. */
export function mayTouchPolicy(payload: Payload<'push'>): boolean {
  return touchesPolicy(payload) || isVague(payload);
}

/** Whether a push to the organization's `.github` repository may change what other repositories are judged by. */
export function mayTouchAccount(payload: Payload<'push'>): boolean {
  return touches(payload, (path) => path === POLICY_FILE || isDefaultFile(path)) || isVague(payload);
}

function isDefaultFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return TEMPLATES.test(path) || DEFAULTS.some((kind) => kind.isNamed(name));
}

function isVague(payload: Payload<'push'>): boolean {
  const count = listed(payload).length;
  return count === 0 || count >= LISTED || payload.forced === true || payload.created === true;
}

function touches(payload: Payload<'push'>, isMeant: (path: string) => boolean): boolean {
  return listed(payload).some((commit) =>
    [commit.added, commit.modified, commit.removed].some(
      (paths) => Array.isArray(paths) && (paths as unknown[]).some((path) => typeof path === 'string' && isMeant(path)),
    ),
  );
}

function listed(payload: Payload<'push'>): readonly NonNullable<NonNullable<Payload<'push'>['commits']>[number]>[] {
  return list(payload.commits, LISTED);
}
