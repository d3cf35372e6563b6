/** Cases of the sign-off rule: its test, its documentation and its samples. */
import type { Commit, Contribution, Repository } from '../../facts/source.ts';
import { examplesOf } from '../rule.ts';
import { dco } from './index.ts';

const jane = { name: 'Jane Doe', email: 'jane@example.org' };
const bob = { name: 'Bob Roe', email: 'bob@example.org' };
const github = { name: 'GitHub', email: 'noreply@github.com' };
const SIGNED = 'Signed-off-by: Jane Doe <jane@example.org>';

const repository: Repository = {
  owner: 'acme',
  name: 'widget',
  url: 'https://github.com/acme/widget',
  description: null,
  isPrivate: false,
  isArchived: false,
  isFork: false,
  hasIssues: true,
  defaultBranch: 'main',
  headSha: 'e'.repeat(40),
};
const contribution: Contribution = {
  number: 7,
  title: 'Add a thing',
  url: 'https://github.com/acme/widget/pull/7',
  state: 'open',
  isDraft: false,
  headSha: 'f'.repeat(40),
  headRef: 'thing',
  isFromSameRepository: true,
  baseRef: 'main',
  baseSha: 'e'.repeat(40),
  author: { login: 'jane', id: 1, kind: 'User' },
  createdAt: '2026-03-01T12:00:00Z',
};
const fromFork = { ...contribution, isFromSameRepository: false };

function commit(message: string, more: Partial<Commit> = {}): Commit {
  const author = more.author ?? jane;
  return {
    sha: 'a1b2c3d'.padEnd(40, '0'),
    message,
    author,
    committer: author,
    coAuthors: [],
    tree: 'd'.repeat(40),
    committedAt: '2026-03-01T12:00:00Z',
    authorAccount: null,
    committerAccount: null,
    parents: ['e'.repeat(40)],
    signature: null,
    ...more,
  };
}

/** Facts of a contribution of these commits; each but the first gets an id of its own. */
function of(...commits: readonly Commit[]) {
  const ids = ['a1b2c3d', 'b2c3d4e', 'c3d4e5f'];
  return {
    commits: commits.map((one, index) => ({ ...one, sha: (ids[index] ?? '').padEnd(40, '0') })),
    contribution,
    repository,
  };
}

const first = 'a1b2c3d'.padEnd(40, '0');
const second = 'b2c3d4e'.padEnd(40, '0');
const amend = {
  fix: 'Add the sign-off to the last commit, on your branch:',
  commands: ['git commit --amend --signoff --no-edit', 'git push --force-with-lease'],
};
const rebase = {
  fix: 'Add the sign-off to every commit of your branch that lacks it:',
  commands: ['git fetch origin main', 'git rebase --signoff --keep-base FETCH_HEAD', 'git push --force-with-lease'],
};
const bot = { login: 'renovate[bot]', id: 29139614, kind: 'Bot' } as const;
const botPerson = { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' };

export const examples = examplesOf(dco, [
  {
    name: 'a commit signed off by its author passes',
    facts: of(commit(`Fix the pump\n\n${SIGNED}`)),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) is signed off.' }],
  },
  {
    name: 'a commit signed off by its committer passes, as when a maintainer passes on the work of another',
    facts: of(commit(`Fix the pump\n\n${SIGNED}`, { author: bob, committer: jane })),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) is signed off.' }],
  },
  {
    name: 'case, accents composed in another way and blanks do not matter',
    facts: of(
      commit('Fix\n\nSigned-off-by:  RENE\u0301  doe < Rene@Example.org >', {
        author: { name: 'René Doe', email: 'rene@example.org' },
      }),
    ),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: "the no-reply address of the author's account is the author's",
    facts: of(
      commit('Fix\n\nSigned-off-by: Jane Doe <1+jane@users.noreply.github.com>', {
        authorAccount: { login: 'jane', id: 1, kind: 'User' },
      }),
    ),
    findings: [{ outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix) is signed off.' }],
  },
  {
    name: "the no-reply address of somebody else's account is not",
    facts: of(
      commit('Fix\n\nSigned-off-by: Jane Doe <2+jane@users.noreply.github.com>', {
        authorAccount: { login: 'jane', id: 1, kind: 'User' },
      }),
    ),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the name of its author, but the addresses differ: the sign-off says 2+jane@users.noreply.github.com, the commit says jane@example.org.',
        ...amend,
      },
    ],
  },
  {
    name: 'a last commit without a sign-off is amended',
    facts: of(commit(`Fix the pump\n\n${SIGNED}`), commit('Oil the pump')),
    findings: [
      { outcome: 'pass', about: first, says: 'Commit a1b2c3d (Fix the pump) is signed off.' },
      { outcome: 'fail', about: second, says: 'Commit b2c3d4e (Oil the pump) has no sign-off.', ...amend },
    ],
  },
  {
    name: 'several commits without a sign-off are rebased where they are',
    facts: of(commit('Fix the pump'), commit('Oil the pump')),
    findings: [
      { outcome: 'fail', about: first, says: 'Commit a1b2c3d (Fix the pump) has no sign-off.', ...rebase },
      { outcome: 'fail', about: second, says: 'Commit b2c3d4e (Oil the pump) has no sign-off.', ...rebase },
    ],
  },
  {
    name: 'from a fork, the commands fetch the base of the repository that is contributed to, and quote its name',
    facts: { ...of(commit('Fix the pump'), commit(`Oil\n\n${SIGNED}`)), contribution: { ...fromFork, baseRef: "release/it's" } },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix the pump) has no sign-off.',
        ...rebase,
        commands: [
          String.raw`git fetch https://github.com/acme/widget 'release/it'\''s'`,
          'git rebase --signoff --keep-base FETCH_HEAD',
          'git push --force-with-lease',
        ],
      },
      { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
    ],
  },
  {
    name: 'in a clone nothing is fetched or pushed',
    facts: {
      ...of(commit('Fix'), commit(`Oil\n\n${SIGNED}`)),
      contribution: { ...contribution, number: null, baseRef: 'origin/main' },
    },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has no sign-off.',
        ...rebase,
        commands: ['git rebase --signoff --keep-base origin/main'],
      },
      { outcome: 'pass', about: second, says: 'Commit b2c3d4e (Oil) is signed off.' },
    ],
  },
  {
    name: 'a merge commit is exempt, and the commands keep it',
    facts: of(commit('Fix'), commit("Merge branch 'main' into thing", { parents: ['1'.repeat(40), '2'.repeat(40)] })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has no sign-off.',
        ...rebase,
        commands: [
          'git fetch origin main',
          'git rebase --signoff --keep-base --rebase-merges FETCH_HEAD',
          'git push --force-with-lease',
        ],
      },
      {
        outcome: 'exempt',
        about: second,
        says: "Commit b2c3d4e (Merge branch 'main' into thing) is a merge commit, which needs no sign-off.",
      },
    ],
  },
  {
    name: 'a policy can ask merge commits for a sign-off too',
    facts: of(commit("Merge branch 'main' into thing", { parents: ['1'.repeat(40), '2'.repeat(40)] })),
    options: { mergeCommits: true },
    findings: [
      { outcome: 'fail', about: first, says: "Commit a1b2c3d (Merge branch 'main' into thing) has no sign-off.", ...amend },
    ],
  },
  {
    name: 'a sign-off of somebody else does not count',
    facts: of(commit('Fix\n\nSigned-off-by: Bob Roe <bob@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off by Bob Roe <bob@example.org>, but its author is Jane Doe <jane@example.org>.',
        ...amend,
      },
    ],
  },
  {
    name: 'another name with the right address is said precisely',
    facts: of(commit('Fix\n\nSigned-off-by: J. Doe <jane@example.org>')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its author, but the names differ: the sign-off says J. Doe, the commit says Jane Doe.',
        ...amend,
      },
    ],
  },
  {
    name: "the author's name with the committer's address is nobody's",
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe <bob@example.org>', { committer: bob })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off with the address of its committer, but the names differ: the sign-off says Jane Doe, the commit says Bob Roe.',
        ...amend,
      },
    ],
  },
  {
    name: 'a sign-off above the last paragraph does not count',
    facts: of(commit(`Fix\n\n${SIGNED}\n\nSome more words.`)),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line on line 3 of its message, but git reads sign-offs in the last paragraph only, each at the start of its line.',
        ...amend,
      },
    ],
  },
  {
    name: 'a sign-off without an address does not count',
    facts: of(commit('Fix\n\nSigned-off-by: Jane Doe')),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) has a Signed-off-by: line without a name and an address in angle brackets.',
        ...amend,
      },
    ],
  },
  {
    name: 'a cryptographic signature is not a sign-off',
    facts: of(commit('Fix', { signature: { isVerified: true, byGitHub: false } })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) carries a cryptographic signature, but no sign-off: that is a Signed-off-by: line in its message.',
        ...amend,
      },
    ],
  },
  {
    name: "GitHub's own identity certifies nothing",
    facts: of(commit('Fix\n\nSigned-off-by: GitHub <noreply@github.com>', { committer: github })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Fix) is signed off only by GitHub itself, which stands for no person.',
        ...amend,
      },
    ],
  },
  {
    name: 'a bot that a verified signature proves is exempt',
    facts: of(
      commit('Update things', {
        author: botPerson,
        committer: github,
        authorAccount: bot,
        signature: { isVerified: true, byGitHub: true },
      }),
    ),
    findings: [
      {
        outcome: 'exempt',
        about: first,
        says: 'Commit a1b2c3d (Update things) is by the bot renovate[bot], as a verified signature proves.',
      },
    ],
  },
  {
    name: 'a bot that nothing proves is not exempt: anyone can write its name into a commit',
    facts: of(commit('Update things', { author: botPerson, authorAccount: bot })),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) claims to be by the bot renovate[bot], but no verified signature proves it, and it has no matching sign-off.',
        ...amend,
      },
    ],
  },
  {
    name: "a person's verified signature does not prove a bot",
    facts: of(
      commit('Update things', {
        author: botPerson,
        authorAccount: bot,
        committer: bob,
        committerAccount: { login: 'bob', id: 2, kind: 'User' },
        signature: { isVerified: true, byGitHub: false },
      }),
    ),
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) claims to be by the bot renovate[bot], but no verified signature proves it, and it has no matching sign-off.',
        ...amend,
      },
    ],
  },
  {
    name: 'a signed bot commit in a clone is not known: only GitHub can verify the signature',
    facts: of(
      commit('Update things', {
        author: botPerson,
        committer: github,
        authorAccount: null,
        signature: { isVerified: null, byGitHub: false },
      }),
    ),
    findings: [
      {
        outcome: 'unknown',
        about: first,
        says: 'Commit a1b2c3d (Update things) says to be by the bot renovate[bot] and is signed; only GitHub can verify that signature.',
      },
    ],
  },
  {
    name: 'a policy can ask bots for a sign-off too',
    facts: of(
      commit('Update things', { author: botPerson, authorAccount: bot, signature: { isVerified: true, byGitHub: true } }),
    ),
    options: { exemptBots: false },
    findings: [
      {
        outcome: 'fail',
        about: first,
        says: 'Commit a1b2c3d (Update things) is by the bot renovate[bot] and has no matching sign-off, which this policy asks of bots too.',
        ...amend,
      },
    ],
  },
  { name: 'a contribution without commits has nothing to sign off', facts: of(), findings: [] },
]);
