/** A look back at the merged pull requests of a clone. */
import { nothingRemembered } from '../../facts/nothing-remembered.ts';
import { gather, interview } from '../../facts/gather.ts';
import { visible } from '../../facts/words.ts';
import { topOf } from '../../policy/governed.ts';
import type { Pilot, Traits } from '../../policy/managed.ts';
import type { Document } from '../../policy/parse.ts';
import type { Problem } from '../../policy/policy.ts';
import { matches } from '../../policy/where.ts';
import { isUntold } from '../../views/effective.ts';
import { problemText } from '../../policy/problem.ts';
import type { InForce } from '../../policy/in-force.ts';
import { offlineLicenses } from '../../server/licenses.ts';
import { judge, questionsOf } from '../../verdict/judge.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { openCheckout, type Checkout } from '../checkout.ts';
import { policyAt, policyIn, policyOf } from '../policies.ts';
import { progressOn } from '../progress.ts';
import { locate } from '../repository.ts';
import type { BacktestOptions, Looking } from './looking.ts';
import { keptGit, type KeptGit } from './kept-git.ts';
import { lookBack, lookedPull, type LookBack, type LookedPull } from './looked-back.ts';
import { mergedCheckout, type Clone } from './merged-checkout.ts';
import { defaultBranch, mergedSince, nameOfPull, type Merged } from './merged.ts';

/** Judges what the default branch of a clone took. Throws `UsageError` and `PolicyError`. */
export async function backtestClone(path: string, options: BacktestOptions, looking: Looking): Promise<LookBack> {
  const located = await locate(path);
  const branch = await defaultBranch(located);
  const { defaults, name } = options;
  const given = { ...(defaults === undefined ? {} : { defaults }), ...(name === undefined ? {} : { name }) };
  const checkout = await openCheckout(path, { ...given, ...(branch ? { head: branch.sha } : {}) });
  const place = `${checkout.owner}/${checkout.name}`;
  const { since, console } = looking;
  const traits: Traits = { owner: checkout.owner, name: checkout.name, ...options.trait };
  const inForce = await policyFor(checkout, options, { ...looking, occasion: { ...looking.occasion, traits } });
  console.note(judgedAs(traits, inForce, { isGiven: name !== undefined, isOnGithub: located.url !== null }));
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
  if (options.policy !== undefined) return policyOf(await policyAt(options.policy), shelf, occasion);
  return policyIn(checkout, shelf, occasion);
}

/** By which name, and as a member of what: groups, pilots and shares of a roll-out go by it. */
function judgedAs(
  traits: Traits,
  { policy, organization }: InForce,
  { isGiven, isOnGithub }: { readonly isGiven: boolean; readonly isOnGithub: boolean },
): string {
  const why = isGiven ? 'as --name says' : isOnGithub ? "as the clone's origin says" : 'after the clone';
  const pilots = pilotsIn(policy.pilots, organization, traits);
  const of = [...policy.groups, ...pilots];
  const member = of.length === 0 ? 'It is in no group and no pilot.' : `It is in: ${of.map(visible).join(', ')}.`;
  const doubt =
    isGiven || isOnGithub
      ? ''
      : " The clone's origin is not on github.com: if its name is another, give that with --name OWNER/REPO, because groups and shares of a roll-out go by it.";
  return `Note: judged as ${traits.owner}/${traits.name}, ${why}. ${member}${doubt}`;
}

function pilotsIn(pilots: readonly Pilot[], documents: readonly Document[], traits: Traits): readonly string[] {
  const lifecycle = topOf(documents).lifecycle?.value ?? null;
  return pilots.flatMap(({ name, where }) => (matches(where, traits, lifecycle) === true ? [name] : []));
}

const OF_A_CLONE =
  'A clone does not know topics, custom properties, visibility and language: tell them with --trait KEY=VALUE, such as ' +
  '--trait topic=documentation, or name the repository under "names".';

/** Of a clone nobody can permit Steward to read more. */
function ofClone(problem: Problem): Problem {
  return isUntold(problem) ? { ...problem, hint: OF_A_CLONE } : problem;
}

function notes({ policy, problems }: InForce): readonly string[] {
  const none = policy.isDefault
    ? ['Note: there is no policy file here, so the built-in baseline is observed and stops nothing. Name one with --policy.']
    : [];
  return [...none, ...problems.map((problem) => `Note: ${problemText(ofClone(problem))}`)];
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
