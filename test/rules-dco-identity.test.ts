/** Whose sign-off counts: one person's name with that person's address, spelled in whatever way. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from '../src/facts/words.ts';
import { isAddress, isLocalOnly } from '../src/rules/dco/address.ts';
import { onlyDifference } from '../src/rules/dco/differs.ts';
import { dco } from '../src/rules/dco/index.ts';
import { fold, isSigner } from '../src/rules/dco/people.ts';
import { aCommit, aContribution, anAccount, aRepository, BOB, JANE } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const account = anAccount('jane', 1);
const LONGEST = 65_535;

describe('a sign-off is the person', () => {
  test.each<[string, string, string]>([
    ['as written', 'Jane Doe', 'jane@example.org'],
    ['in any case', 'JANE doe', 'Jane@Example.Org'],
    ['with other blanks', ' Jane \u00a0 Doe', 'jane@example.org'],
    ["with the account's no-reply address", 'Jane Doe', '1+jane@users.noreply.github.com'],
    ["with the account's no-reply address under an earlier login", 'Jane Doe', '1+janie@users.noreply.github.com'],
    ["with the account's old no-reply address", 'Jane Doe', 'jane@users.noreply.github.com'],
  ])('%s', (_, name, email) => {
    expect(isSigner({ name, email }, { ...JANE, account })).toBe(true);
  });

  test.each<[string, string]>([
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'Strasse'],
    ['Ren\u00e9', 'RENE\u0301'],
    ['ΟΔΟΣ', 'οδος'],
    ['Ǆ', 'ǆ'],
  ])('whether %s or %s', (name, other) => {
    expect(isSigner({ ...JANE, name }, { ...JANE, name: other, account: null })).toBe(true);
  });

  test('with another address that GitHub links to the same account in a commit of the contribution', () => {
    const linked = aCommit('One', { authorAccount: account });
    const person = { name: 'Jane Doe', email: '1+jane@users.noreply.github.com', account };
    expect([isSigner(JANE, person), isSigner(JANE, person, aSetting({ commits: [linked] }))]).toEqual([false, true]);
  });
});

describe('a sign-off is not the person', () => {
  test.each<[string, string, string]>([
    ['with another name', 'J. Doe', 'jane@example.org'],
    ['without a name', '', 'jane@example.org'],
    ['without an address', 'Jane Doe', ''],
    ["with somebody else's no-reply address", 'Jane Doe', '2+jane@users.noreply.github.com'],
    ['with an account number that only begins alike', 'Jane Doe', '11+jane@users.noreply.github.com'],
    ['with a domain that only ends alike', 'Jane Doe', '1+jane@users.noreply.github.com.example'],
    ['with an accent', 'Jané Doe', 'jane@example.org'],
    ['with a dotless letter', 'Jane Doe', 'ıane@example.org'],
  ])('%s', (_, name, email) => {
    expect(isSigner({ name, email }, { ...JANE, account })).toBe(false);
  });

  test("when it is GitHub's own, whatever the commit and the mail map say", () => {
    const github = { name: 'GitHub', email: 'NoReply@GitHub.com' };
    const known = aSetting({ mailmap: 'Jane Doe <jane@example.org> <noreply@github.com>' });
    expect(isSigner(github, { ...github, account: null }, known)).toBe(false);
    expect(isSigner(github, { ...JANE, account }, known)).toBe(false);
  });
});

test('folding a name twice changes nothing, and neither does its encoding', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(name, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
      expect(fold(text.normalize('NFD'))).toBe(fold(text));
    }),
  );
});

describe('addresses', () => {
  test.each([
    'jane@example.org',
    'j.d+x@sub.example.org',
    'é@bücher.example',
    '1+a[bot]@users.noreply.github.com',
    'root@laptop',
  ])('%s is one', (email) => {
    expect(isAddress(email)).toBe(true);
  });
  test.each(['', 'jane', 'jane@', '@example.org', 'jane@@x.org', 'jane doe@x.org', '.j@x.org', 'j@x..org', 'j@x.org>', 'a@b@c'])(
    '"%s" is none',
    (email) => {
      expect(isAddress(email)).toBe(false);
    },
  );
  test('without a top-level domain reach nobody elsewhere', () => {
    expect(['root@laptop', 'jane@example.org', 'j@[127.0.0.1]'].map(isLocalOnly)).toEqual([true, false, false]);
  });
});

test.each<[string, string, string | null]>([
  ['Rene', 'René', 'only in an accent'],
  ['Lukasz', 'Łukasz', 'only in an accent'],
  ['Ren\u00e9', 'Rene\u0301', 'only in how accents are encoded'],
  ['Jane\u202e', 'Jane', 'only in an invisible character'],
  ['Jane-Doe', 'Jane Doe', 'only in punctuation'],
  ['JaneDoe', 'Jane Doe', 'only in blanks'],
  ['Doe Jane', 'Jane Doe', 'only in the order of words'],
  ['J\u0430ne Doe', 'Jane Doe', 'only in one character'],
  ['jane+a@x.org', 'jane@x.org', 'only in what follows the plus sign'],
  ['Jane', 'Bob', null],
])('%s and %s differ: %s', (one, other, difference) => {
  expect(onlyDifference(one, other)).toBe(difference);
  expect(onlyDifference(other, one)).toBe(difference);
});

describe('bad input', () => {
  const facts = {
    contribution: aContribution(),
    repository: aRepository(),
    mailmap: null,
    memberships: [],
    statements: [],
    certified: [],
    changes: null,
  };
  const fill = (text: string): string => text.repeat(LONGEST / text.length);

  test.each<[string, string]>([
    ['one long name', `Signed-off-by: ${fill('n')} <jane@example.org>`],
    ['a name of nothing but accents', `Signed-off-by: ${fill('\u0301')} <jane@example.org>`],
    ['a long address', `Signed-off-by: Jane Doe <${fill('a.')}@x>`],
    ['thousands of sign-offs', fill('Signed-off-by: Bob Roe <bob@example.org>\n')],
    ['thousands of paragraphs', fill(' signed-off-by: x\n\n')],
    ['a name that turns the direction of writing', 'Signed-off-by: \u202eeoD\u0000 \u0007 <jane@example.org>'],
  ])('in a message is told in a short sentence: %s', (_, body) => {
    const [finding] = dco.check({ ...facts, commits: [aCommit(`Fix\n\n${body}`)] }, dco.options.parse({}));
    const said = plain(finding?.says ?? []);
    expect(finding?.outcome).toBe('fail');
    expect(said.length).toBeLessThan(600);
    expect(said).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test('300 co-authors are all asked, and three are named', () => {
    const coAuthors = Array.from({ length: 300 }, (_, index) => ({ ...BOB, email: `bob${index}@example.org`, account: null }));
    const commit = aCommit('Fix\n\nSigned-off-by: Jane Doe <jane@example.org>', { coAuthors });
    const [finding] = dco.check({ ...facts, commits: [commit] }, dco.options.parse({ coAuthors: 'require' }));
    expect(plain(finding?.says ?? [])).toMatch(/and 297 more, co-authors whom this policy asks too\.$/);
  });
});
