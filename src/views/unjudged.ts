/** The check run of a commit that could not be judged: never silence, and never a pass. */
import type { Verdict } from '../verdict/verdict.ts';
import { externalId } from './check-run.ts';
import type { CheckRunEffect } from './effect.ts';
import { joinBlocks } from './rule-section.ts';

/** Says that Steward failed, not the contributor. `last` is the subject's latest verdict: it knows the name and how firmly rules are held. */
export function unjudged(sha: string, last: Verdict | null): CheckRunEffect {
  const isBlocking = last?.rules.some((rule) => rule.enforce === 'block') ?? false;
  const run = {
    kind: 'check-run',
    name: last?.policy.checkName ?? 'Steward',
    sha,
    conclusion: isBlocking ? 'action_required' : 'neutral',
    title: 'Steward could not judge this commit',
    summary: joinBlocks([
      '### ⏳ Steward could not judge this commit',
      'Something went wrong inside Steward, several times in a row. Nothing is wrong with your contribution, and this is not yours to mend.',
      '**What happens next:** Steward looks again at the next push. To ask for it now, press **Re-run** above, or comment `/steward recheck` on the pull request. If this stays, tell those who operate Steward: the commit is on their status page.',
    ]),
    text: '',
    annotations: [],
    detailsUrl: null,
  } as const;
  return { ...run, externalId: externalId(run) };
}
