/** Remediation commits: whose words sign whose commits off. */
import { describe, expect, test } from '@jest/globals';
import { mailmapOf } from '../src/facts/mailmap.ts';
import type { Commit, Person } from '../src/facts/source.ts';
import type { DcoOptions } from '../src/rules/dco/options.ts';
import { remediationLine, remediations } from '../src/rules/dco/remediation.ts';
import type { DcoFacts } from '../src/rules/dco/setting.ts';
import { aCommit, aContribution, anAccount, anOid, BOB, JANE } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const TARGET = 'abcdef0123456789'.padEnd(40, '0');
const BY = 'fedcba'.padEnd(40, '0');
const EVE = { name: 'Eve Poe', email: 'eve@example.org' };
const GITHUB = { name: 'GitHub', email: 'noreply@github.com' };
const CLAUDE = { name: 'Claude', email: 'noreply@anthropic.com' };
const bob = anAccount('bob', 2);

const target = (changes: Partial<Commit> = {}): Commit => aCommit('Fix', { sha: TARGET, ...changes });
const saying = (line: string, changes: Partial<Commit> = {}): Commit =>
  aCommit(`Remediate\n\n${line}\n\nSigned-off-by: Jane Doe <jane@example.org>`, { sha: BY, ...changes });
const line = (person: Person, sha = TARGET): string => remediationLine(person, sha);
const behalf = (of: Person, by: Person, sha = TARGET): string =>
  `On behalf of ${of.name} <${of.email}>, I, ${by.name} <${by.email}>, hereby add my Signed-off-by to this commit: ${sha}`;

function signed(commits: readonly Commit[], options: Partial<DcoOptions> = {}, facts: Partial<DcoFacts> = {}): readonly string[] {
  return [...remediations(aSetting({ commits, ...facts }, options)).keys()];
}

describe('how the line is read', () => {
  test.each([
    ['as both Apps write it', line(JANE)],
    ['in any case', line(JANE).toUpperCase()],
    ['with a short id', line(JANE, TARGET.slice(0, 7))],
    ['with an id in upper case', line(JANE, TARGET.toUpperCase())],
    ['with a period at the end', `${line(JANE)}.`],
    ['with blanks at the end', `${line(JANE)} \t`],
    ['with CRLF', `${line(JANE)}\r`],
    ['among other lines', `Sorry.\n${line(JANE)}\nThanks.`],
  ])('%s', (_, text) => {
    expect(signed([target(), saying(text)])).toEqual([TARGET]);
  });

  test.each([
    ['an id of six digits', line(JANE, TARGET.slice(0, 6))],
    ['an id that is longer than the commit’s', line(JANE, `${TARGET}0`)],
    ['an id of another commit', line(JANE, anOid('elsewhere'))],
    ['blanks before it', ` ${line(JANE)}`],
    ['a quotation mark before it', `> ${line(JANE)}`],
    ['words after it', `${line(JANE)} and others`],
    ['other words', `I, ${JANE.name} <${JANE.email}>, do not hereby add my Signed-off-by to this commit: ${TARGET}`],
    ['no address', `I, ${JANE.name}, hereby add my Signed-off-by to this commit: ${TARGET}`],
  ])('not with %s', (_, text) => {
    expect(signed([target(), saying(text)])).toEqual([]);
  });

  test('an id that two commits start with names neither', () => {
    const other = target({ sha: `${TARGET.slice(0, 10)}${'9'.repeat(30)}` });
    expect(signed([target(), other, saying(line(JANE, TARGET.slice(0, 10)))])).toEqual([]);
    expect(signed([target(), other, saying(line(JANE, TARGET.slice(0, 11)))])).toEqual([TARGET]);
  });

  test('one message signs several commits, and the first word on a commit stands', () => {
    const second = target({ sha: '1'.repeat(40) });
    const commits = [
      target(),
      second,
      saying(`${line(JANE)}\n${line(JANE, second.sha)}`),
      saying(line(JANE), { sha: '2'.repeat(40) }),
    ];
    const found = remediations(aSetting({ commits }));
    expect([...found]).toEqual([
      [TARGET, { by: BY, person: JANE, onBehalfOf: null }],
      [second.sha, { by: BY, person: JANE, onBehalfOf: null }],
    ]);
  });

  test('a merge can say it, before or after, without a sign-off of its own', () => {
    const merge = saying(line(JANE), { message: `Merge\n\n${line(JANE)}`, parents: [anOid('one'), anOid('two')] });
    expect(signed([merge, target()])).toEqual([TARGET]);
  });

  test('65,535 characters of almost-lines are read at once', () => {
    const near = `I, ${'a <'.repeat(200)}, hereby add my Signed-off-by to this commit: ${TARGET}!\n`;
    expect(signed([target(), saying(near.repeat(80).slice(0, 65_000))])).toEqual([]);
  });
});

describe('individual remediation', () => {
  const CASES: readonly (readonly [string, readonly Commit[], Partial<DcoOptions>, boolean])[] = [
    ['the author of both commits signs', [target(), saying(line(JANE))], {}, true],
    ['not where policy takes none', [target(), saying(line(JANE))], { remediation: 'off' }, false],
    ['also where third parties may', [target(), saying(line(JANE))], { remediation: 'third-party' }, true],
    [
      'spelling in case and accents does not matter',
      [
        target({ author: { name: 'René Doe', email: 'rene@example.org' } }),
        saying(line({ name: 'RENÉ DOE', email: 'Rene@Example.org' }), {
          author: { name: 'René Doe', email: 'rene@example.org' },
        }),
      ],
      {},
      true,
    ],
    ["somebody else's name is not enough", [target(), saying(line(JANE), { author: EVE })], {}, false],
    ['nobody signs for others this way', [target(), saying(line(EVE), { author: EVE })], {}, false],
    [
      'the committer of the remediation commit passes on the words of another',
      [target(), saying(line(JANE), { author: EVE, committer: JANE })],
      {},
      false,
    ],
    ["the target's committer may, as with sign-offs", [target({ committer: BOB }), saying(line(BOB), { author: BOB })], {}, true],
    [
      "the target's committer may not where committers may not sign",
      [target({ committer: BOB }), saying(line(BOB), { author: BOB })],
      { committerMaySign: false },
      false,
    ],
    ["GitHub's own identity never", [target({ author: GITHUB }), saying(line(GITHUB), { author: GITHUB })], {}, false],
    [
      "GitHub's own identity as committer neither",
      [target({ committer: GITHUB }), saying(line(GITHUB), { author: GITHUB })],
      {},
      false,
    ],
    ['an AI agent does not sign its own work', [target({ author: CLAUDE }), saying(line(CLAUDE), { author: CLAUDE })], {}, false],
    [
      'an AI agent that committed for a person does not sign either',
      [target({ committer: CLAUDE }), saying(line(CLAUDE), { author: CLAUDE })],
      {},
      false,
    ],
    [
      'an AI agent does where agents are authors like others',
      [target({ author: CLAUDE }), saying(line(CLAUDE), { author: CLAUDE })],
      { agents: 'as-authors' },
      true,
    ],
    [
      'a person who takes part signs the work of an agent',
      [target({ author: CLAUDE }), saying(line(JANE), { authorAccount: anAccount('jane', 1) })],
      {},
      true,
    ],
    ['a person who takes no part does not', [target({ author: CLAUDE }), saying(line(EVE), { author: EVE })], {}, false],
  ];
  test.each(CASES)('%s', (_, commits, options, expected) => {
    expect(signed(commits, options)).toEqual(expected ? [TARGET] : []);
  });

  test('the .mailmap holds here too', () => {
    const old = { name: 'jd', email: 'old@example.org' };
    const mailmap = 'Jane Doe <jane@example.org> <old@example.org>';
    expect(mailmapOf(mailmap)(old)).toEqual(JANE);
    expect(signed([target({ author: old }), saying(line(JANE))], {}, { mailmap })).toEqual([TARGET]);
    expect(signed([target({ author: old }), saying(line(JANE))])).toEqual([]);
  });
});

describe('third-party remediation', () => {
  const REPRESENTED: Partial<DcoOptions> = { remediation: 'third-party', representatives: [2] };
  const bobs = (changes: Partial<Commit> = {}): Commit =>
    saying(behalf(JANE, BOB), { author: BOB, authorAccount: bob, ...changes });
  const CASES: readonly (readonly [string, readonly Commit[], Partial<DcoOptions>, boolean])[] = [
    ['a named representative signs for the author', [target(), bobs()], REPRESENTED, true],
    [
      'as the committer too',
      [target(), bobs({ author: EVE, authorAccount: null, committer: BOB, committerAccount: bob })],
      REPRESENTED,
      true,
    ],
    ['not where policy names nobody', [target(), bobs()], { ...REPRESENTED, representatives: [] }, false],
    ['not an outsider', [target(), bobs()], { ...REPRESENTED, representatives: [3] }, false],
    ['not where only individuals may', [target(), bobs()], { ...REPRESENTED, remediation: 'individual' }, false],
    ['not by name alone, without the account', [target(), bobs({ authorAccount: null })], REPRESENTED, false],
    [
      "not under a representative's name in somebody else's commit",
      [target(), bobs({ author: EVE, committer: EVE })],
      REPRESENTED,
      false,
    ],
    ['not for somebody who is not the author', [target({ author: EVE, committer: JANE }), bobs()], REPRESENTED, false],
    ['not by a bot', [target(), bobs({ authorAccount: { ...bob, kind: 'Bot' } })], REPRESENTED, false],
    [
      "not by GitHub's own identity",
      [target(), saying(behalf(JANE, GITHUB), { author: GITHUB, authorAccount: bob })],
      REPRESENTED,
      false,
    ],
    [
      'for an AI agent, as a person who stands behind its work',
      [target({ author: CLAUDE }), saying(behalf(CLAUDE, BOB), { author: BOB, authorAccount: bob })],
      REPRESENTED,
      true,
    ],
    [
      'not by an AI agent',
      [target(), saying(behalf(JANE, CLAUDE), { author: CLAUDE, authorAccount: anAccount('claude', 81847) })],
      { ...REPRESENTED, representatives: [81847] },
      false,
    ],
  ];
  test.each(CASES)('%s', (_, commits, options, expected) => {
    expect(signed(commits, options)).toEqual(expected ? [TARGET] : []);
  });

  test('not by who opened the contribution, although named as a representative', () => {
    const contribution = aContribution({ author: bob });
    expect(signed([target(), bobs()], REPRESENTED, { contribution })).toEqual([]);
  });

  test('says who signed for whom', () => {
    const found = remediations(aSetting({ commits: [target(), bobs()] }, REPRESENTED));
    expect(found.get(TARGET)).toEqual({ by: BY, person: BOB, onBehalfOf: JANE });
  });
});

describe('what github.com makes of a message', () => {
  /** An edit there: its author is the account's web identity, as in the commits that it signs off. */
  const web = { author: { name: 'Jane Doe', email: '1+jane@users.noreply.github.com' }, committer: GITHUB };
  const account = anAccount('jane', 1);

  test('signs off what the same person made there before', () => {
    const second = target({ ...web, sha: '1'.repeat(40), authorAccount: account });
    const message = `Sign off\n\n${line(web.author)}\n${line(web.author, second.sha)}`;
    const commit = aCommit(message, { ...web, sha: BY, authorAccount: account });
    expect(signed([target({ ...web, authorAccount: account }), second, commit])).toEqual([TARGET, second.sha]);
  });
});
