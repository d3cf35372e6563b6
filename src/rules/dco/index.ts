/** Every commit of a contribution carries a Developer Certificate of Origin sign-off by its author or committer. */
import { z } from 'zod';
import { commits, contribution } from '../../facts/commits.ts';
import { repository } from '../../facts/repository.ts';
import type { Commit } from '../../facts/source.ts';
import { signOffs } from '../../facts/trailers.ts';
import { code, quote, words } from '../../facts/words.ts';
import { defineRule, type Finding } from '../rule.ts';
import { claimedBot, isUnverifiableBot, isVerifiedBot } from './bots.ts';
import { commandsFor } from './commands.ts';
import { isSigner, isWebFlow, partiesOf } from './people.ts';
import { named, whyMissing } from './says.ts';

const options = z.strictObject({
  mergeCommits: z
    .boolean()
    .default(false)
    .describe('Merge commits need a sign-off too. When false, commits with two or more parents are exempt.')
    .meta({ tighten: 'only-true' }),
  exemptBots: z
    .boolean()
    .default(true)
    .describe("Bots need no sign-off, when a verified signature of GitHub's or of the bot proves who made the commit.")
    .meta({ tighten: 'only-false' }),
});

export const dco = defineRule({
  id: 'dco',
  on: 'contribution',
  title: 'Every commit is signed off',
  why: `A sign-off is one line at the end of a commit message: \`Signed-off-by: Your Name <your@address>\`. With it the author states that they may contribute the work under the project's license ([developercertificate.org](https://developercertificate.org)). It is not a cryptographic signature, and needs no key.

The name and the address must be those of the commit's author or of its committer. The no-reply address of an account counts as its owner's.`,
  fix: `Add the line with git: \`git commit --amend --signoff --no-edit\` for the last commit; for several \`git rebase --signoff --keep-base\` and the base branch, as the check run spells out; then push again. The name and address come from \`git config user.name\` and \`git config user.email\`. \`git commit --signoff\` adds the line from the start.`,
  options,
  needs: () => ({ commits: commits(), contribution: contribution(), repository: repository() }),
  check(facts, chosen) {
    const outcomes = facts.commits.map((commit) => [commit, outcomeOf(commit, chosen)] as const);
    const failing = new Set(outcomes.flatMap(([{ sha }, outcome]) => (outcome === 'missing' ? [sha] : [])));
    const commands = commandsFor(failing, { ...facts, mergeCommits: chosen.mergeCommits });
    return outcomes.map(([commit, outcome]) => finding(commit, outcome, failing.size, commands));
  },
  headline: (findings) => {
    if (findings.length === 1) return 'The commit needs a sign-off';
    const missing = findings.filter(({ outcome }) => outcome === 'fail').length;
    return `${missing} of ${findings.length} commits ${missing === 1 ? 'needs' : 'need'} a sign-off`;
  },
});

type Situation = 'signed' | 'merge' | 'bot' | 'unverifiable' | 'missing';

function outcomeOf(commit: Commit, { mergeCommits, exemptBots }: z.output<typeof options>): Situation {
  if (commit.parents.length > 1 && !mergeCommits) return 'merge';
  const parties = partiesOf(commit);
  const valid = signOffs(commit.message).filter((signOff) => !isWebFlow(signOff));
  if (valid.some((signOff) => parties.some((party) => isSigner(signOff, party)))) return 'signed';
  if (!exemptBots) return 'missing';
  if (isVerifiedBot(commit)) return 'bot';
  return isUnverifiableBot(commit) ? 'unverifiable' : 'missing';
}

function finding(commit: Commit, situation: Situation, missing: number, commands: readonly string[]): Finding {
  const about = commit.sha;
  switch (situation) {
    case 'signed':
      return { outcome: 'pass', about, says: words`${named(commit)} is signed off.` };
    case 'merge':
      return { outcome: 'exempt', about, says: words`${named(commit)} is a merge commit, which needs no sign-off.` };
    case 'bot':
      return {
        outcome: 'exempt',
        about,
        says: words`${named(commit)} is by the bot ${code(commit.authorAccount?.login ?? '')}, as a verified signature proves.`,
      };
    case 'unverifiable': {
      const bot = quote(claimedBot(commit) ?? '');
      return {
        outcome: 'unknown',
        about,
        says: words`${named(commit)} says to be by the bot ${bot} and is signed; only GitHub can verify that signature.`,
      };
    }
    case 'missing': {
      const isLast = commands[0]?.startsWith('git commit') ?? false;
      const fix =
        missing === 1 && isLast
          ? words`Add the sign-off to the last commit, on your branch:`
          : words`Add the sign-off to every commit of your branch that lacks it:`;
      return { outcome: 'fail', about, says: whyMissing(commit), fix, commands };
    }
  }
}
