/** `trailers: compat` gives the verdict that both DCO Apps give, wherever they agree; the rest is said here too. */
import { describe, expect, test } from '@jest/globals';
import type { Commit, Person } from '../src/facts/source.ts';
import type { DcoOptions } from '../src/rules/dco/options.ts';
import type { DcoFacts } from '../src/rules/dco/setting.ts';
import { situationsOf, type Situation } from '../src/rules/dco/situation.ts';
import { aCommit, anAccount, anOid, BOB, JANE } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const SIGNED = 'Signed-off-by: Jane Doe <jane@example.org>';
const BY_BOB = 'Signed-off-by: Bob Roe <bob@example.org>';
const jane = anAccount('jane', 1);

/** The situation of the first commit. */
function kindOf(commit: Commit, facts: Partial<DcoFacts> = {}, options: Partial<DcoOptions> = {}): Situation['kind'] | undefined {
  const setting = aSetting({ commits: [commit], ...facts }, { trailers: 'compat', ...options });
  return situationsOf(setting)[0]?.[1].kind;
}

describe('both Apps accept', () => {
  test.each<[string, Commit]>([
    ['a sign-off in the last paragraph', aCommit(`Fix\n\n${SIGNED}`)],
    ['a sign-off in the middle of the message', aCommit(`Fix\n\n${SIGNED}\n\nMore words.`)],
    ['a sign-off right under the title', aCommit(`Fix\n${SIGNED}`)],
    ['a message that is nothing else', aCommit(SIGNED)],
    ['a sign-off in prose', aCommit(`Fix\n\nOne\nTwo\nThree\nFour\nFive\n${SIGNED}\nSix`)],
    ['the words in any case', aCommit(`Fix\n\nSIGNED-off-BY: Jane Doe <jane@example.org>`)],
    ['name and address in any case', aCommit('Fix\n\nSigned-off-by: JANE doe <Jane@Example.ORG>')],
    ['lines that end in CRLF', aCommit(`Fix\r\n\r\n${SIGNED}\r\n`)],
    ['blanks at the end of the line', aCommit(`Fix\n\n${SIGNED}  \t`)],
    ["the committer's sign-off", aCommit(`Fix\n\n${BY_BOB}`, { committer: BOB })],
    [
      "the committer's sign-off, who is the author with another address",
      aCommit(`Fix\n\n${SIGNED}`, {
        author: { ...JANE, email: '1+jane@users.noreply.github.com' },
        authorAccount: jane,
        committer: JANE,
        committerAccount: jane,
      }),
    ],
    ["several sign-offs, one of which is the author's", aCommit(`Fix\n\n${BY_BOB}\n${SIGNED}`)],
  ])('%s', (_, commit) => {
    expect(kindOf(commit)).toBe('signed');
  });
});

describe('both Apps refuse', () => {
  const linked = { authorAccount: jane };
  test.each<[string, Commit]>([
    ['a commit without a sign-off', aCommit('Fix')],
    ['no blank after the colon', aCommit('Fix\n\nSigned-off-by:Jane Doe <jane@example.org>')],
    ['two blanks after the colon', aCommit('Fix\n\nSigned-off-by:  Jane Doe <jane@example.org>')],
    ['no blank before the address', aCommit('Fix\n\nSigned-off-by: Jane Doe<jane@example.org>')],
    ['two blanks before the address', aCommit('Fix\n\nSigned-off-by: Jane Doe  <jane@example.org>')],
    ['an indented line', aCommit(`Fix\n\n ${SIGNED}`)],
    ['a quoted line', aCommit(`Fix\n\n> ${SIGNED}`)],
    ['text after the address', aCommit(`Fix\n\n${SIGNED} (at work)`)],
    ['a folded line', aCommit('Fix\n\nSigned-off-by: Jane Doe\n <jane@example.org>')],
    ['a sign-off without an address', aCommit('Fix\n\nSigned-off-by: Jane Doe')],
    ["somebody else's sign-off", aCommit(`Fix\n\n${BY_BOB}`)],
    ['another name', aCommit('Fix\n\nSigned-off-by: J. Doe <jane@example.org>')],
    ['another address', aCommit('Fix\n\nSigned-off-by: Jane Doe <jane@home.example>')],
    [
      "the no-reply address of the author's account",
      aCommit('Fix\n\nSigned-off-by: Jane Doe <1+jane@users.noreply.github.com>', linked),
    ],
    [
      'an accent that is encoded in another way',
      aCommit('Fix\n\nSigned-off-by: Rene\u0301 <r@example.org>', { author: { name: 'Ren\u00e9', email: 'r@example.org' } }),
    ],
  ])('%s', (_, commit) => {
    expect(kindOf(commit)).toBe('missing');
  });

  test.each<[string, Commit]>([
    [
      'an author address that is none',
      aCommit('Fix\n\nSigned-off-by: Jane Doe <jane at home>', { author: { ...JANE, email: 'jane at home' } }),
    ],
    [
      'an author address that is none, though the committer signs',
      aCommit(`Fix\n\n${BY_BOB}`, { author: { ...JANE, email: 'jane@' }, committer: BOB }),
    ],
    [
      'no author address, and a committer address that is none',
      aCommit('Fix\n\nSigned-off-by: Bob Roe <bob..roe@example.org>', {
        author: { ...JANE, email: '' },
        committer: { ...BOB, email: 'bob..roe@example.org' },
      }),
    ],
  ])('%s', (_, commit) => {
    expect(kindOf(commit)).toBe('invalid');
  });

  test('what only the mail map makes one person', () => {
    const commit = aCommit('Fix\n\nSigned-off-by: J. Doe <jd@old.example>');
    const mailmap = 'Jane Doe <jane@example.org> <jd@old.example>';
    expect([kindOf(commit, { mailmap }), kindOf(commit, { mailmap }, { trailers: 'git' })]).toEqual(['missing', 'signed']);
  });
});

describe('both Apps need no sign-off for', () => {
  test('merge commits', () => {
    expect(kindOf(aCommit('Merge', { parents: [anOid('a'), anOid('b')] }))).toBe('merge');
  });

  test('verified commits of members, where members are exempt', () => {
    const signature = { isVerified: true, byGitHub: false };
    const commit = aCommit('Fix', { authorAccount: jane, committerAccount: jane, signature });
    const memberships = [{ accountId: 1, group: 'members', belongs: true }];
    expect(kindOf(commit, { memberships }, { exempt: ['members'] })).toBe('exempt');
    expect(kindOf({ ...commit, signature: null }, { memberships }, { exempt: ['members'] })).toBe('missing');
  });

  test('commits that their author signs off in a later one', () => {
    const commit = aCommit('Fix');
    const later = aCommit(
      `Sign\n\nI, Jane Doe <jane@example.org>, hereby add my Signed-off-by to this commit: ${commit.sha}\n\n${SIGNED}`,
    );
    expect(kindOf(commit, { commits: [commit, later] })).toBe('remediated');
    expect(kindOf(commit, { commits: [commit, later] }, { remediation: 'off' })).toBe('missing');
  });
});

describe('where the Apps disagree', () => {
  const invalid: Person = { name: 'Bob Roe', email: 'bob@' };
  test.each<[string, Commit, Situation['kind']]>([
    [
      'an invalid committer address does not matter when the author signs',
      aCommit(`Fix\n\n${SIGNED}`, { committer: invalid }),
      'signed',
    ],
    [
      'an empty author address leaves the word to the committer',
      aCommit(`Fix\n\n${BY_BOB}`, { author: { ...JANE, email: '' }, committer: BOB }),
      'signed',
    ],
    [
      'an address without a top-level domain passes',
      aCommit('Fix\n\nSigned-off-by: Jane Doe <jane@laptop>', { author: { ...JANE, email: 'jane@laptop' } }),
      'signed',
    ],
    [
      "the author's name with the committer's address is nobody's",
      aCommit('Fix\n\nSigned-off-by: Jane Doe <bob@example.org>', { committer: BOB }),
      'missing',
    ],
  ])('%s', (_, commit, kind) => {
    expect(kindOf(commit)).toBe(kind);
  });

  test.each<[boolean, Situation['kind']]>([
    [true, 'remediated'],
    [false, 'missing'],
  ])("the target's committer may sign it off later as far as committers may sign at all: %s", (committerMaySign, kind) => {
    const commit = aCommit('Fix', { committer: BOB });
    const claim = `I, Bob Roe <bob@example.org>, hereby add my Signed-off-by to this commit: ${commit.sha}`;
    const commits = [commit, aCommit(`Sign\n\n${claim}\n\n${BY_BOB}`, { author: BOB })];
    expect(kindOf(commit, { commits }, { committerMaySign })).toBe(kind);
  });
});

describe('what both Apps let pass and nobody should', () => {
  const github: Person = { name: 'GitHub', email: 'noreply@github.com' };
  const bot = anAccount('renovate[bot]', 29139614, 'Bot');
  test.each<[string, Commit]>([
    ["GitHub's own sign-off on a web edit", aCommit('Fix\n\nSigned-off-by: GitHub <noreply@github.com>', { committer: github })],
    ["a bot's name that anyone can write", aCommit('Update', { authorAccount: bot })],
  ])('%s', (_, commit) => {
    expect(kindOf(commit)).toBe('missing');
  });

  test('commits beyond the 250th', () => {
    const commits = [...Array.from({ length: 400 }, (_, index) => aCommit(`Fix ${index}\n\n${SIGNED}`)), aCommit('Last')];
    expect(situationsOf(aSetting({ commits }, { trailers: 'compat' })).filter(([, { kind }]) => kind === 'missing')).toHaveLength(
      1,
    );
  });
});
