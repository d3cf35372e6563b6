/** What a version of the policy caused and no later one asks for. */
import type { Cause, Publication, Store } from '../../store/store.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { comment } from '../../views/comment.ts';
import { issueState } from '../../views/issue.ts';

/** Without those that a later version asks for all the same: Steward would make them anew. */
export async function notWanted(
  made: readonly Publication[],
  version: Cause,
  store: Pick<Store, 'lastVerdict'>,
): Promise<readonly Publication[]> {
  const left: Publication[] = [];
  for (const one of made) {
    const verdict = await store.lastVerdict(one.subject);
    if (!verdict || !isWanted(one, version, verdict)) left.push(one);
  }
  return left;
}

/** A pull request that was closed meanwhile keeps its last verdict: that is of the version itself. */
function isWanted({ kind }: Publication, { oid }: Cause, verdict: Verdict): boolean {
  const { files, paused } = verdict.policy;
  if (paused || files.findLast(({ layer }) => layer === 'organization')?.oid === oid) return false;
  return kind === 'comment' ? comment(verdict)?.mode === 'upsert' : kind === 'issue' && issueState(verdict.rules) === 'open';
}
