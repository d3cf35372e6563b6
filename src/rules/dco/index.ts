/** Every commit of a contribution carries a Developer Certificate of Origin sign-off by its author or committer. */
import { changes } from '../../facts/changes.ts';
import { commits, contribution } from '../../facts/commits.ts';
import type { Question } from '../../facts/fact.ts';
import { mailmap } from '../../facts/mailmap.ts';
import { memberships } from '../../facts/memberships.ts';
import { certified, statements } from '../../facts/remembered.ts';
import { repository } from '../../facts/repository.ts';
import type { Change, Commit, Statement } from '../../facts/source.ts';
import { unasked } from '../../facts/unasked.ts';
import { code, words } from '../../facts/words.ts';
import { defineRule, type Finding } from '../rule.ts';
import { optionsName } from '../terms.ts';
import { isSignedByAuthor } from './exempt.ts';
import { options, type DcoOptions } from './options.ts';
import { remedies } from './remedies.ts';
import { says } from './says.ts';
import { settingOf, type Setting } from './setting.ts';
import { OUTCOMES, situationsOf, type Situation } from './situation.ts';

export const dco = defineRule({
  id: 'dco',
  on: 'contribution',
  title: 'Every commit is signed off',
  why: `A sign-off is one line at the end of a commit message: \`Signed-off-by: Your Name <your@address>\`. With it the author states that they may contribute the work under the project's license ([developercertificate.org](https://developercertificate.org)). It is not a cryptographic signature, and needs no key. Only commit messages count: a line in the description of a pull request certifies nothing, because it does not stay with the code.

The name and the address must both be those of one person: the commit's author, or its committer. Case, blanks and the encoding of accents do not matter. The no-reply address of an account counts as its owner's, and so does every address that GitHub links to that account; \`.mailmap\` on the base branch is followed. GitHub's own identity, \`GitHub <noreply@github.com>\`, stands for nobody.

With \`trailers: compat\` the rule judges as the two DCO Apps do wherever they agree: a sign-off counts on any line of the message, in the exact form \`Signed-off-by: NAME <ADDRESS>\`, and names and addresses are compared in nothing but case. Where the Apps disagree, an invalid committer address and an empty author address do not matter when the other person signs, an address without a top-level domain is told and passes, the author's name with the committer's address is nobody's, and a remediation commit of a committer's own signs off what that committer may sign. What both Apps let pass and should not stays closed: GitHub's own identity, bots that nothing proves, third parties whom no policy names, commits past the first pages, and AI agents that sign their own work off, unless \`agents: as-authors\` takes them as authors.`,
  fix: `Add the line with git: \`git commit --amend --signoff --no-edit\` for the last commit; for several \`git rebase --signoff\` and the commit before the first of them, as the check run spells out; then push again. Where that would touch merges, commits of others or signatures, one more commit signs the earlier ones off; for commits made on github.com the check run has its message, and no clone is needed. The name and address come from \`git config user.name\` and \`git config user.email\`. \`git commit --signoff\` adds the line from the start.`,
  options,
  // Whose sign-off counts for whom is said by the repository, too.
  terms: (chosen) => mailmap(chosen.mailmap),
  needs: (_at, chosen) => ({
    commits: commits(),
    contribution: contribution(),
    repository: repository(),
    mailmap: mailmap(chosen.mailmap),
    memberships: memberships(chosen.exempt),
    statements: statementsFor(chosen),
    certified: certifiedFor(chosen),
    changes: changesFor(chosen),
  }),
  check(facts, chosen) {
    const setting = settingOf(facts, chosen);
    const situations = situationsOf(setting);
    const missing = situations.flatMap(([commit, { kind }]) => (kind === 'missing' ? [commit] : []));
    const steps = remedies(missing, setting);
    return situations.map(([commit, situation]) => ({ ...finding(commit, situation, setting), ...steps.get(commit.sha) }));
  },
  headline: (findings) => {
    if (findings.length === 1) return 'The commit needs a sign-off';
    const missing = findings.filter(({ outcome }) => outcome === 'fail').length;
    return `${missing} of ${findings.length} commits ${missing === 1 ? 'needs' : 'need'} a sign-off`;
  },
});

function statementsFor({ byComment }: DcoOptions): Question<readonly Statement[]> {
  return byComment === 'off' ? unasked('statements', []) : statements();
}

function certifiedFor(chosen: DcoOptions): Question<readonly string[]> {
  if (!chosen.certifiedBefore) return unasked('certified', []);
  return certified(optionsName(options, chosen), mailmap(chosen.mailmap));
}

function changesFor({ byComment }: DcoOptions): Question<readonly Change[] | null> {
  return byComment === 'docs' ? changes() : unasked('changes', null);
}

function finding(commit: Commit, situation: Situation, setting: Setting): Finding {
  const said = { outcome: OUTCOMES[situation.kind], about: commit.sha, says: says(commit, situation, setting) };
  if (situation.kind === 'invalid') return { ...said, fix: RESET };
  if (situation.kind === 'co-authors') return { ...said, fix: ASK };
  return situation.kind === 'missing' ? { ...said, ...provenAuthor(commit) } : said;
}

/** Anybody can write another's address into a commit: only a signature makes its author certain. */
function provenAuthor(commit: Commit): Pick<Finding, 'login'> {
  return commit.authorAccount && isSignedByAuthor(commit) === true ? { login: commit.authorAccount.login } : {};
}

const RESET = words`Set your address with ${code('git config user.email')}, then write it into the last commit with ${code('git commit --amend --reset-author --signoff --no-edit')}, or into several with ${code("git rebase --exec 'git commit --amend --reset-author --signoff --no-edit'")} and the commit before the first of them.`;
const ASK = words`Ask the co-authors whether they certify the work, and add the line that each of them gives you to the end of the message.`;
