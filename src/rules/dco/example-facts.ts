/** What the examples of this rule are made of: people, commits, a contribution. */
import type { Commit, Contribution, Repository } from '../../facts/source.ts';
import type { DcoFacts } from './setting.ts';

export const jane = { name: 'Jane Doe', email: 'jane@example.org' };
export const bob = { name: 'Bob Roe', email: 'bob@example.org' };
/** The author's account, and the no-reply address that GitHub gives it. */
export const account = { login: 'jane', id: 1, kind: 'User' } as const;
export const NOREPLY = '1+jane@users.noreply.github.com';
export const rene = { name: 'René Doe', email: 'rene@example.org' };
export const github = { name: 'GitHub', email: 'noreply@github.com' };
export const SIGNED = 'Signed-off-by: Jane Doe <jane@example.org>';

export const repository: Repository = {
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
export const contribution: Contribution = {
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
export const fromFork = { ...contribution, isFromSameRepository: false };

export function commit(message: string, more: Partial<Commit> = {}): Commit {
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

/** Facts of a contribution of these commits; each gets an id of its own and follows the one before. */
export function of(...commits: readonly Commit[]): DcoFacts {
  const ids = ['a1b2c3d', 'b2c3d4e', 'c3d4e5f', 'd4e5f60'].map((id) => id.padEnd(40, '0'));
  return {
    commits: commits.map((one, index) => {
      const parents = [ids[index - 1] ?? contribution.baseSha, ...one.parents.slice(1)];
      return { ...one, sha: ids[index] ?? '', parents };
    }),
    contribution,
    repository,
    mailmap: null,
    memberships: [],
    statements: [],
    certified: [],
    changes: null,
  };
}

export const second = 'b2c3d4e'.padEnd(40, '0');
export const first = 'a1b2c3d'.padEnd(40, '0');
export const amend = {
  fix: 'Add the sign-off to the last commit, on your branch:',
  commands: ['git commit --amend --signoff --no-edit', 'git push --force-with-lease'],
};
export const rebase = {
  fix: 'Add the sign-off to the commits of your branch:',
  commands: [`git rebase --signoff ${contribution.baseSha}`, 'git push --force-with-lease'],
};
/** For the commits from the first without a sign-off on, where others before it have one. */
export const rebaseOn = { ...rebase, fix: 'Add the sign-off to your commits, from the first that lacks it on:' };
/** One more commit, which signs the first one off. */
export const remedy = {
  fix: 'Sign off with one more commit that changes no file: rewriting this one would touch merges, commits of others, or signatures. Run:',
  commands: [
    'git pull --ff-only',
    `git -c user.name='Jane Doe' -c user.email=jane@example.org commit --allow-empty --signoff -m 'Sign off earlier commits' -m 'I, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${first}'`,
    'git push',
  ],
};
/** Where a bot would have to sign. */
export const ofBot = {
  fix: "Whoever runs the bot can let it commit through GitHub's API, which signs what a bot commits. Or ask a maintainer to answer for it with /steward override dco because ….",
};
export const bot = { login: 'renovate[bot]', id: 29139614, kind: 'Bot' } as const;
export const botPerson = { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' };
/** Where no proof would exempt the bot. */
export const ofUnlistedBot = {
  fix: 'Put the account of the bot on the list botAccounts of the policy, or ask a maintainer to answer for it with /steward override dco because ….',
};
/** The work of an AI agent, when it is the last commit. */
export const takeOver = {
  ...amend,
  fix: 'A person who takes part takes the work over by a sign-off of their own on the last commit, on this branch:',
};
/** Where the identity itself is not taken. */
export const newIdentity = {
  fix: 'Set a name and an address that this policy takes with git config user.name and git config user.email, then make the commit again with git commit --amend --reset-author --signoff and push.',
};
/** Where git would put the line among prose, and the policy wants trailers alone. */
export const ownParagraph = {
  fix: 'Let the last paragraph of the message hold trailers alone, and add Signed-off-by: with your name and address there: git commit --amend for the last commit.',
};
