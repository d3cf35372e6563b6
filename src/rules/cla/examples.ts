/** Cases of the agreement rule: its test, its documentation and its samples. */
import type { Account, AgreementSignature, Commit, Company, Contribution, Membership, Register } from '../../facts/source.ts';
import { examplesOf } from '../rule.ts';
import { cla } from './index.ts';

const jane: Account = { login: 'jane', id: 1, kind: 'User' };
const bob: Account = { login: 'bob', id: 2, kind: 'User' };
const renovate: Account = { login: 'renovate[bot]', id: 29139614, kind: 'Bot' };
const janeWrites = { author: { name: 'Jane Doe', email: 'jane@example.org' }, authorAccount: jane };
const bobWrites = { author: { name: 'Bob Roe', email: 'bob@bar.example' }, authorAccount: bob };
const botWrites = {
  author: { name: 'renovate[bot]', email: '29139614+renovate[bot]@users.noreply.github.com' },
  authorAccount: renovate,
};
const nobodyWrites = { author: { name: 'Jane Doe', email: 'jane@laptop.local' }, authorAccount: null };
const github = { name: 'GitHub', email: 'noreply@github.com' };
const byGitHub = { isVerified: true, byGitHub: true };

const individual = {
  id: 'icla',
  title: 'Acme Individual Agreement',
  version: '2.1',
  text: 'acme/legal:icla.md@main',
  since: '2026-03-01',
};
const corporate = { ...individual, id: 'ccla', title: 'Acme Corporate Agreement', kind: 'corporate' as const };
const asked = { agreements: [individual] };
const both = { agreements: [individual, corporate] };
const everybody = { ...asked, signers: ['authors' as const, 'opener' as const, 'committers' as const, 'co-authors' as const] };

const contribution: Contribution = {
  number: 7,
  title: 'Add a thing',
  url: 'https://github.com/acme/widget/pull/7',
  state: 'open',
  isDraft: false,
  headSha: 'f'.repeat(40),
  headRef: 'thing',
  isFromSameRepository: false,
  baseRef: 'main',
  baseSha: 'e'.repeat(40),
  author: jane,
  createdAt: '2026-03-10T12:00:00Z',
};

function commit(sha: string, more: Partial<Commit>): Commit {
  const author = more.author ?? janeWrites.author;
  return {
    ...{ message: 'Fix the pump', parents: ['e'.repeat(40)], signature: null, coAuthors: [], tree: 'd'.repeat(40) },
    ...{ sha: sha.padEnd(40, '0'), author, committer: author, committedAt: '2026-03-10T11:00:00Z' },
    ...{ authorAccount: null, committerAccount: more.authorAccount ?? null },
    ...more,
  };
}

/** Facts of a contribution of these commits; each gets an id of its own. */
function of(commits: readonly Partial<Commit>[], register: Partial<Register> = {}, memberships: readonly Membership[] = []) {
  const ids = ['a1b2c3d', 'b2c3d4e', 'c3d4e5f', 'd4e5f6a', 'e5f6a7b'];
  return {
    commits: commits.map((one, index) => commit(ids[index] ?? '', one)),
    contribution,
    texts: [{ id: 'icla', version: '2.1', digest: 'c'.repeat(64), page: null }],
    register: { signatures: [], companies: [], ...register },
    memberships,
    now: '2026-04-01T12:00:00Z',
  };
}

function openedAt(createdAt: string): Contribution {
  return { ...contribution, createdAt };
}

function signed(account: Account, version: string, until: string | null = null): AgreementSignature {
  return { agreement: 'icla', version, accountId: account.id, at: '2026-01-01T00:00:00Z', until };
}

const since = { from: '2026-01-01T00:00:00Z', until: null };
const bar: Company = {
  ...{ id: 'bar', name: 'Bar Inc.', agreement: 'ccla', version: '2.1' },
  ...{ ...since, accounts: [], domains: [], organizations: [] },
};

const first = 'a1b2c3d'.padEnd(40, '0');
const second = 'b2c3d4e'.padEnd(40, '0');
const janeSigned = signed(jane, '2.1');
const janePasses = {
  outcome: 'pass' as const,
  about: 'account:1',
  says: 'jane has signed the Acme Individual Agreement, version 2.1.',
  isLasting: true,
};
const keptJane =
  'jane has signed the Acme Individual Agreement, version 1.4. Version 2.1 counts from 2026-03-01; the earlier one keeps counting for this pull request, which was opened before 2026-03-15.';
const janeSigns = {
  fix: 'Once jane has read the Acme Individual Agreement, a comment signs it that holds the exact sentence, alone on a line.',
  reply: 'I have read and agree to the Acme Individual Agreement, version 2.1.',
  accountId: 1,
};
const bobSigns = { ...janeSigns, fix: janeSigns.fix.replace('jane', 'bob'), accountId: 2 };
const orAsk = ' Whoever contributes for a company that signed can ask its managers to be added instead.';
const orOpenly = `${orAsk} A membership of the company’s organization on GitHub counts while it is public.`;
const botFix =
  "A bot cannot sign. Whoever keeps the policy can exempt it with the id 29139614 and a reason, as in exempt: [{ account: 'renovate[bot]', id: 29139614, reason: … }].";
const exemption = { account: 'renovate[bot]', id: 29139614, reason: 'Updates dependencies; nothing of it is anybody’s work.' };
const linking =
  'Whoever it belongs to can add it to their account under Settings → Emails and then comment /steward recheck; the commits stay as they are. Or else: ';

export const examples = examplesOf(cla, [
  {
    name: 'somebody who signed passes, whatever they did',
    facts: of([janeWrites, janeWrites], { signatures: [janeSigned] }),
    options: asked,
    findings: [{ ...janePasses, commits: [first, second] }],
  },
  {
    name: 'somebody who has not signed is told what was asked of them, why, and the sentence to write',
    facts: of([janeWrites, janeWrites]),
    options: asked,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d and b2c3d4e, has not signed the Acme Individual Agreement, version 2.1.',
        ...janeSigns,
        commits: [first, second],
        isLasting: true,
      },
    ],
  },
  {
    name: 'the author of a commit signs, although somebody else opened the pull request',
    facts: of([bobWrites], { signatures: [janeSigned] }),
    options: asked,
    findings: [
      { ...janePasses, commits: [] },
      {
        outcome: 'fail',
        about: 'account:2',
        says: 'bob, who authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1.',
        ...bobSigns,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'where the policy asks for it, co-authors and those who commit the work of others sign too; GitHub itself never does',
    facts: of(
      [
        { ...janeWrites, committer: bobWrites.author, committerAccount: bob },
        { ...janeWrites, committer: github, coAuthors: [{ name: 'Bob', email: 'bob@bar.example', account: bob }] },
      ],
      { signatures: [janeSigned] },
    ),
    options: everybody,
    findings: [
      { ...janePasses, commits: [first, second] },
      {
        outcome: 'fail',
        about: 'account:2',
        says: 'bob, who committed the work of others in a1b2c3d and is named as co-author of b2c3d4e, has not signed the Acme Individual Agreement, version 2.1.',
        ...bobSigns,
        commits: [first, second],
        isLasting: true,
      },
    ],
  },
  {
    name: 'an account is its id: a new name changes nothing, and an old name of somebody else gives nothing',
    facts: of(
      [
        { ...janeWrites, authorAccount: { ...jane, login: 'jane-doe' } },
        { ...bobWrites, authorAccount: { ...bob, login: 'jane' } },
      ],
      {
        signatures: [janeSigned],
      },
    ),
    options: { ...asked, signers: ['authors' as const] },
    findings: [
      { ...janePasses, says: 'jane-doe has signed the Acme Individual Agreement, version 2.1.', commits: [first] },
      {
        outcome: 'fail',
        about: 'account:2',
        says: 'jane, who authored b2c3d4e, has not signed the Acme Individual Agreement, version 2.1.',
        ...bobSigns,
        fix: janeSigns.fix,
        commits: [second],
        isLasting: true,
      },
    ],
  },
  {
    name: 'an address that belongs to no account never counts, even under the name of somebody who signed',
    facts: of([nobodyWrites], { signatures: [janeSigned] }),
    options: asked,
    findings: [
      { ...janePasses, commits: [] },
      {
        outcome: 'fail',
        about: 'address:jane@laptop.local',
        says: 'The address jane@laptop.local of Jane Doe, who authored a1b2c3d, belongs to no account on GitHub, so nobody can have signed for it.',
        fix: `${linking}set an address of the account with git config user.email ADDRESS, run git commit --amend --reset-author --no-edit, and push again.`,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'of several commits only those under the address are written again',
    facts: of([nobodyWrites, janeWrites], { signatures: [janeSigned] }),
    options: asked,
    findings: [
      { ...janePasses, commits: [second] },
      {
        outcome: 'fail',
        about: 'address:jane@laptop.local',
        says: 'The address jane@laptop.local of Jane Doe, who authored a1b2c3d, belongs to no account on GitHub, so nobody can have signed for it.',
        fix: `${linking}set an address of the account with git config user.email ADDRESS, start git rebase --interactive --keep-base with the base branch, mark these commits with edit, run git commit --amend --reset-author --no-edit and git rebase --continue at each, and push again.`,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a signature carries over to later minor versions',
    facts: of([janeWrites], { signatures: [signed(jane, '2')] }),
    options: asked,
    findings: [{ ...janePasses, says: 'jane has signed the Acme Individual Agreement, version 2.', commits: [first] }],
  },
  {
    name: 'a signature of a later version counts as well',
    facts: of([janeWrites], { signatures: [signed(jane, '3.0')] }),
    options: asked,
    findings: [{ ...janePasses, says: 'jane has signed the Acme Individual Agreement, version 3.0.', commits: [first] }],
  },
  {
    name: 'after a new major version the former signature keeps counting for what is opened within some days, and then too',
    facts: of([janeWrites], { signatures: [signed(jane, '1.4')] }),
    options: asked,
    findings: [{ ...janePasses, says: keptJane, ...janeSigns, commits: [first] }],
  },
  {
    name: 'the last moment at which a pull request can be opened under the former version',
    facts: { ...of([janeWrites], { signatures: [signed(jane, '1.4')] }), contribution: openedAt('2026-03-14T23:59:59Z') },
    options: asked,
    findings: [{ ...janePasses, says: keptJane, ...janeSigns, commits: [first] }],
  },
  {
    name: 'a signature of a version before the former one counts for those days only, with a reminder',
    facts: { ...of([janeWrites], { signatures: [signed(jane, '0.9')] }), now: '2026-03-14T23:59:59Z' },
    options: asked,
    findings: [
      {
        ...janePasses,
        says: 'jane has signed the Acme Individual Agreement, version 0.9. Version 2.1 counts from 2026-03-01; the earlier one still counts before 2026-03-15.',
        ...janeSigns,
        commits: [first],
        until: '2026-03-15T00:00:00Z',
      },
    ],
  },
  {
    name: 'for a pull request that is opened after those days it is to be signed again',
    facts: { ...of([janeWrites], { signatures: [signed(jane, '1.4')] }), contribution: openedAt('2026-03-15T00:00:00Z') },
    options: asked,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, has signed the Acme Individual Agreement, version 1.4; its terms changed in version 2.1, in force since 2026-03-01, which needs a new signature.',
        ...janeSigns,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a signature revoked later keeps counting for what was opened before',
    facts: of([janeWrites], { signatures: [signed(jane, '2.1', '2026-03-20T00:00:00Z')] }),
    options: asked,
    findings: [{ ...janePasses, commits: [first] }],
  },
  {
    name: 'a signature revoked before the pull request was opened does not count',
    facts: of([janeWrites], { signatures: [signed(jane, '2.1', '2026-03-05T00:00:00Z')] }),
    options: asked,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, revoked the signature of the Acme Individual Agreement on 2026-03-05, before this pull request was opened.',
        ...janeSigns,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a company covers an account that it lists',
    facts: of([janeWrites], { companies: [{ ...bar, accounts: [{ ...since, accountId: 1 }] }] }),
    options: both,
    findings: [{ ...janePasses, says: 'jane is covered by Bar Inc., which lists the account.', commits: [first] }],
  },
  {
    name: 'leaving a company ends its cover for later pull requests only',
    facts: of([janeWrites], {
      companies: [{ ...bar, accounts: [{ from: since.from, until: '2026-03-20T00:00:00Z', accountId: 1 }] }],
    }),
    options: both,
    findings: [{ ...janePasses, says: 'jane is covered by Bar Inc., which lists the account.', commits: [first] }],
  },
  {
    name: 'somebody who left before opening the pull request is not covered',
    facts: of([janeWrites], {
      companies: [{ ...bar, accounts: [{ from: since.from, until: '2026-03-05T00:00:00Z', accountId: 1 }] }],
    }),
    options: both,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1.',
        ...janeSigns,
        fix: janeSigns.fix + orAsk,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a company covers the accounts behind addresses at its domain, as GitHub links them',
    facts: of([bobWrites], { companies: [{ ...bar, domains: [{ ...since, domain: 'bar.example' }] }] }),
    options: { ...both, signers: ['authors' as const] },
    findings: [
      {
        outcome: 'pass',
        about: 'account:2',
        says: 'bob is covered by Bar Inc., by an address at bar.example.',
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a domain that only ends alike, a subdomain, and an address that GitHub links to nobody are not covered',
    facts: of(
      [
        { ...bobWrites, author: { name: 'Bob Roe', email: 'bob@evilbar.example' } },
        { ...bobWrites, author: { name: 'Bob Roe', email: 'bob@mail.bar.example' } },
        { author: { name: 'Bob Roe', email: 'boss@bar.example' }, authorAccount: null },
      ],
      { companies: [{ ...bar, domains: [{ ...since, domain: 'bar.example' }] }] },
    ),
    options: { ...both, signers: ['authors' as const] },
    findings: [
      {
        outcome: 'fail',
        about: 'account:2',
        says: 'bob, who authored a1b2c3d and b2c3d4e, has not signed the Acme Individual Agreement, version 2.1.',
        ...bobSigns,
        fix: bobSigns.fix + orAsk,
        commits: [first, second],
        isLasting: true,
      },
      {
        outcome: 'fail',
        about: 'address:boss@bar.example',
        says: 'The address boss@bar.example of Bob Roe, who authored c3d4e5f, belongs to no account on GitHub, so nobody can have signed for it.',
        fix: `${linking}set an address of the account with git config user.email ADDRESS, run git commit --amend --reset-author --no-edit, and push again.`,
        commits: ['c3d4e5f'.padEnd(40, '0')],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a company covers the members of its organization on GitHub',
    facts: of([janeWrites], { companies: [{ ...bar, organizations: [{ ...since, login: 'bar-inc' }] }] }, [
      { accountId: 1, group: 'organization:bar-inc', belongs: true },
    ]),
    options: both,
    findings: [
      { ...janePasses, says: 'jane is covered by Bar Inc., as a member of the organization bar-inc.', commits: [first] },
    ],
  },
  {
    name: 'a membership that is not seen covers nobody, and may have to be made public',
    facts: of([janeWrites], { companies: [{ ...bar, organizations: [{ ...since, login: 'bar-inc' }] }] }, [
      { accountId: 1, group: 'organization:bar-inc', belongs: false },
    ]),
    options: both,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1.',
        ...janeSigns,
        fix: janeSigns.fix + orOpenly,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a membership that cannot be told is unknown, never a pass',
    facts: of([janeWrites], { companies: [{ ...bar, organizations: [{ ...since, login: 'bar-inc' }] }] }, [
      { accountId: 1, group: 'organization:bar-inc', belongs: null },
    ]),
    options: both,
    findings: [
      {
        outcome: 'unknown',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, is covered if the account is a member of an organization of Bar Inc., and Steward could not tell.',
        ...janeSigns,
        fix: janeSigns.fix + orOpenly,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'what somebody of a company opened before it had to sign again keeps being covered',
    facts: of([janeWrites], { companies: [{ ...bar, version: '1', accounts: [{ ...since, accountId: 1 }] }] }),
    options: both,
    findings: [
      {
        ...janePasses,
        says: 'jane is covered by Bar Inc., which lists the account. Version 2.1 counts from 2026-03-01; the earlier one keeps counting for this pull request, which was opened before 2026-03-15.',
        fix: 'Whoever signs for Bar Inc. signs the new version.',
        commits: [first],
      },
    ],
  },
  {
    name: 'a company signs again after a new major version, like everybody',
    facts: {
      ...of([janeWrites], { companies: [{ ...bar, version: '1', accounts: [{ ...since, accountId: 1 }] }] }),
      contribution: openedAt('2026-03-15T00:00:00Z'),
    },
    options: both,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, was covered by Bar Inc., which has signed the Acme Corporate Agreement, version 1, but not yet version 2.1, in force since 2026-03-01.',
        ...janeSigns,
        fix: janeSigns.fix + orAsk,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'a bot on the list is exempt, and the reason is shown',
    facts: of([{ ...botWrites, signature: byGitHub }], { signatures: [janeSigned] }),
    options: { ...asked, exempt: [{ ...exemption, until: '2026-12-31' }] },
    findings: [
      { ...janePasses, commits: [] },
      {
        outcome: 'exempt',
        about: 'account:29139614',
        says: 'renovate[bot] need not sign until 2026-12-31: Updates dependencies; nothing of it is anybody’s work.',
        commits: [first],
        until: '2027-01-01T00:00:00Z',
        isLasting: true,
      },
    ],
  },
  {
    name: 'a bot on the list that no signature proves is not exempt: anybody can write its address into a commit',
    facts: of([botWrites], { signatures: [janeSigned] }),
    options: { ...asked, exempt: [exemption] },
    findings: [
      { ...janePasses, commits: [] },
      {
        outcome: 'fail',
        about: 'account:29139614',
        says: 'renovate[bot], who authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1. The bot is exempt, but no verified signature proves that a1b2c3d came from it.',
        fix: botFix,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'an exemption that has ended says so',
    facts: of([{ ...botWrites, signature: byGitHub }], { signatures: [janeSigned] }),
    options: { ...asked, exempt: [{ ...exemption, until: '2026-03-31' }] },
    findings: [
      { ...janePasses, commits: [] },
      {
        outcome: 'fail',
        about: 'account:29139614',
        says: 'renovate[bot], who authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1. An exemption ended with 2026-03-31.',
        fix: botFix,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'an exemption of a bot covers no person, whatever the login, and one of a person no other id',
    facts: of([janeWrites]),
    options: {
      ...asked,
      exempt: [
        { account: 'jane', id: 1, reason: 'The id is of a person, the kind is not.' },
        { account: 'jane', id: 3, kind: 'User' as const, reason: 'The login is hers, the id is not.' },
      ],
    },
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1.',
        ...janeSigns,
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'an AI agent signs nothing: whoever worked with it does',
    facts: of(
      [
        { ...janeWrites, coAuthors: [{ name: 'Claude', email: 'noreply@anthropic.com', account: null }] },
        {
          author: { name: 'Copilot', email: '198982749+Copilot@users.noreply.github.com' },
          authorAccount: { login: 'copilot[bot]', id: 198982749, kind: 'Bot' },
        },
      ],
      { signatures: [janeSigned] },
    ),
    options: everybody,
    findings: [
      { ...janePasses, commits: [first] },
      {
        outcome: 'fail',
        about: 'account:198982749',
        says: 'copilot[bot], who authored b2c3d4e, has not signed the Acme Individual Agreement, version 2.1.',
        fix: 'An AI agent cannot sign. Whoever worked with it can take the work over, with the agent in an Assisted-by: line: run git commit --amend --reset-author at each of these commits and open the pull request; that person signs.',
        commits: [second],
        isLasting: true,
      },
      {
        outcome: 'fail',
        about: 'address:noreply@anthropic.com',
        says: 'The address noreply@anthropic.com of Claude, who is named as co-author of a1b2c3d, belongs to no account on GitHub, so nobody can have signed for it.',
        fix: 'An AI agent cannot sign. Name it in an Assisted-by: line instead of Co-authored-by:; whoever opened the pull request signs.',
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'where only companies sign, their managers are asked',
    facts: of([janeWrites]),
    options: { agreements: [corporate] },
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, is covered by no company that signed the Acme Corporate Agreement, version 2.1.',
        fix: 'Ask the people who manage the agreement at the company to add jane.',
        commits: [first],
        accountId: 1,
        isLasting: true,
      },
    ],
  },
  {
    name: 'the page is named where people can sign on it',
    facts: {
      ...of([janeWrites]),
      texts: [{ id: 'icla', version: '2.1', digest: 'c'.repeat(64), page: 'https://steward.example/cla/acme/icla' }],
    },
    options: asked,
    findings: [
      {
        outcome: 'fail',
        about: 'account:1',
        says: 'jane, who opened this pull request and authored a1b2c3d, has not signed the Acme Individual Agreement, version 2.1.',
        ...janeSigns,
        page: 'https://steward.example/cla/acme/icla',
        commits: [first],
        isLasting: true,
      },
    ],
  },
  {
    name: 'an account that is gone can sign nothing',
    facts: { ...of([janeWrites], { signatures: [janeSigned] }), contribution: { ...contribution, author: null } },
    options: asked,
    findings: [
      {
        outcome: 'fail',
        about: 'account:gone',
        says: 'The account that opened this pull request is gone, so nobody can sign for it.',
        fix: 'Somebody who signs the agreement can open a pull request with these commits.',
        isLasting: true,
      },
      { ...janePasses, commits: [first] },
    ],
  },
  {
    name: 'a policy that names no agreement is for its keepers to mend, not for contributors',
    facts: of([janeWrites]),
    findings: [
      {
        outcome: 'unknown',
        about: 'agreement',
        says: 'The policy asks for a signed agreement and names none, so nobody can sign it yet.',
        fix: 'Whoever keeps the policy names it under rules.cla.agreements; contributors need do nothing.',
      },
    ],
  },
]);
