/** A look back at the merged pull requests of a clone. */
import { nothingRemembered } from '../../facts/nothing-remembered.ts';
import { gather, interview } from '../../facts/gather.ts';
import { problemText } from '../../policy/problem.ts';
import type { InForce } from '../../policy/in-force.ts';
import { offlineLicenses } from '../../server/licenses.ts';
import { judge, questionsOf } from '../../verdict/judge.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { openCheckout, type Checkout } from '../checkout.ts';
import { policyAt, policyIn, policyOf } from '../policies.ts';
import { progressOn } from '../progress.ts';
import { locate } from '../repository.ts';
import type { BacktestOptions, Looking } from './backtest.ts';
import { keptGit, type KeptGit } from './kept-git.ts';
import { lookBack, lookedPull, type LookBack, type LookedPull } from './looked-back.ts';
import { mergedCheckout, type Clone } from './merged-checkout.ts';
import { defaultBranch, mergedSince, nameOfPull, type Merged } from './merged.ts';

/** Judges what the default branch of a clone took. Throws `UsageError` and `PolicyError`. */
export async function backtestClone(path: string, options: BacktestOptions, looking: Looking): Promise<LookBack> {
  const located = await locate(path);
  const branch = await defaultBranch(located);
  const given = options.defaults === undefined ? {} : { defaults: options.defaults };
  const checkout = await openCheckout(path, { ...given, ...(branch ? { head: branch.sha } : {}) });
  const place = `${checkout.owner}/${checkout.name}`;
  const { since, console } = looking;
  const inForce = await policyFor(checkout, options, looking);
  for (const line of notes(inForce)) console.note(line);
  if (branch === null) return lookBack([], { place, branch: located.branch, since, direct: 0 });
  const { merged, direct } = await mergedSince(located, branch, since);
  const { git, prefetch } = keptGit(located.git);
  const clone: Clone = { git, isShallow: located.isShallow, branch: branch.name, checkout };
  const pulls = await judged(merged, { clone, prefetch, inForce, looking });
  return lookBack(pulls, { place, branch: branch.name, since, direct });
}

/** The policy of the file that is given, or of the clone as it is now, for this repository. */
async function policyFor(checkout: Checkout, options: BacktestOptions, { shelf, occasion }: Looking): Promise<InForce> {
  const here = { ...occasion, traits: { owner: checkout.owner, name: checkout.name } };
  if (options.policy !== undefined) return policyOf(await policyAt(options.policy), shelf, here);
  return policyIn(checkout, shelf, here);
}

function notes({ policy, problems }: InForce): readonly string[] {
  const none = policy.isDefault
    ? ['Note: there is no policy file here, so the built-in baseline is observed and stops nothing. Name one with --policy.']
    : [];
  return [...none, ...problems.map((problem) => `Note: ${problemText(problem)}`)];
}

interface Work {
  readonly clone: Clone;
  readonly prefetch: KeptGit['prefetch'];
  readonly inForce: InForce;
  readonly looking: Looking;
}

async function judged(merged: readonly Merged[], work: Work): Promise<readonly LookedPull[]> {
  const { console } = work.looking;
  const progress = progressOn(console);
  const judgeOne = judgeOf(work);
  const pulls: LookedPull[] = [];
  for (const [index, one] of merged.entries()) {
    if (index % AHEAD === 0) await work.prefetch(merged.slice(index, index + AHEAD).flatMap(objectsOf));
    progress(`${pulls.length + 1} of ${merged.length}: ${nameOfPull(one)}`);
    const { number, sha, at, author } = one;
    pulls.push(lookedPull(await judgeOne(one), { number, sha, at, author }));
  }
  return pulls;
}

/** Pull requests whose objects are read together. */
const AHEAD = 50;

function objectsOf({ sha, base, heads }: Merged): readonly string[] {
  return [sha, ...heads, `${sha}^{tree}`, `${base}^{tree}`];
}

function judgeOf({
  clone,
  inForce: { policy, problems },
  looking: { shelf, occasion },
}: Work): (merged: Merged) => Promise<Verdict> {
  const { owner, name } = clone.checkout;
  const { rules } = shelf;
  const { now } = occasion;
  // One detector for all of them: most license texts are the same from one pull request to the next.
  const licenses = offlineLicenses();
  return async (merged) => {
    const subject = { kind: 'pull-request', owner, repo: name, number: merged.number ?? 0 } as const;
    const source = { ...mergedCheckout(clone, merged), ...nothingRemembered(now), ...licenses };
    const facts = await gather(questionsOf({ subject, policy, rules }), interview(source));
    const circumstances = {
      ...{ title: null, url: null, author: merged.author, baseRef: clone.branch, isDraft: false },
      ...{ isClone: true, defaultBranch: clone.branch },
    };
    return judge({ subject, sha: merged.sha, policy, problems, rules, facts, circumstances, now });
  };
}
