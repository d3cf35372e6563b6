/** Co-authors: who of them has not signed off. */
import { describe, expect, test } from '@jest/globals';
import type { LinkedPerson } from '../src/facts/source.ts';
import { unsignedCoAuthors } from '../src/rules/dco/co-authors.ts';
import type { DcoOptions } from '../src/rules/dco/options.ts';
import type { DcoFacts } from '../src/rules/dco/setting.ts';
import { aCommit, anAccount, BOB, JANE } from './support/builders.ts';
import { aSetting } from './support/setting.ts';

const bob: LinkedPerson = { ...BOB, account: null };
const linked: LinkedPerson = { ...BOB, account: anAccount('bob', 2) };

function missing(
  coAuthors: readonly LinkedPerson[],
  signOffs: readonly string[],
  options: Partial<DcoOptions> = {},
  facts: Partial<DcoFacts> = {},
): readonly string[] {
  const lines = [
    ...coAuthors.map(({ name, email }) => `Co-authored-by: ${name} <${email}>`),
    ...signOffs.map((who) => `Signed-off-by: ${who}`),
  ];
  const commit = aCommit(`Fix\n\n${lines.join('\n')}`, { coAuthors, authorAccount: anAccount('jane', 1) });
  return unsignedCoAuthors(commit, aSetting({ commits: [commit], ...facts }, options)).map(({ email }) => email);
}

describe('a co-author has signed off', () => {
  test.each<readonly [string, readonly LinkedPerson[], readonly string[]]>([
    ['with the same name and address', [bob], ['Bob Roe <bob@example.org>']],
    ['among others', [bob], ['Jane Doe <jane@example.org>', 'Bob Roe <bob@example.org>']],
    ['in another spelling of case and blanks', [bob], ['BOB  roe <Bob@Example.org>']],
    ['with the no-reply address of the account', [linked], ['Bob Roe <2+bob@users.noreply.github.com>']],
    ['with the no-reply address without a number', [linked], ['Bob Roe <bob@users.noreply.github.com>']],
    [
      'with an address where the trailer has the no-reply one',
      [{ ...linked, email: '2+bob@users.noreply.github.com' }, linked],
      ['Bob Roe <bob@example.org>'],
    ],
  ])('%s', (_, coAuthors, signOffs) => {
    expect(missing(coAuthors, signOffs)).toEqual([]);
  });

  test('under the name that .mailmap gives', () => {
    const old = { name: 'br', email: 'old@example.org', account: null };
    expect(missing([old], ['Bob Roe <bob@example.org>'], {}, { mailmap: 'Bob Roe <bob@example.org> <old@example.org>' })).toEqual(
      [],
    );
  });
});

describe('a co-author has not', () => {
  test.each<readonly [string, readonly LinkedPerson[], readonly string[]]>([
    ['without a line', [bob], ['Jane Doe <jane@example.org>']],
    ['with another name', [bob], ['Robert Roe <bob@example.org>']],
    ['with another address', [bob], ['Bob Roe <bob@example.com>']],
    ["with the no-reply address of somebody else's account", [linked], ['Bob Roe <3+bob@users.noreply.github.com>']],
    ['in two halves', [bob], ['Bob Roe <jane@example.org>', 'Jane Doe <bob@example.org>']],
  ])('%s', (_, coAuthors, signOffs) => {
    expect(missing(coAuthors, signOffs)).toEqual([BOB.email]);
  });

  test('and is named once, however often the trailers say so', () => {
    expect(missing([linked, bob, { ...bob, name: 'B. Roe' }, { ...linked, email: 'b@example.org' }], [])).toEqual([
      'b@example.org',
      BOB.email,
    ]);
  });

  test('where policy wants addresses that take mail', () => {
    expect(missing([linked], ['Bob Roe <2+bob@users.noreply.github.com>'], { noreply: 'forbid' })).toEqual([BOB.email]);
  });
});

describe('nobody asks', () => {
  test.each<readonly [string, LinkedPerson]>([
    ['an AI agent', { name: 'Claude', email: 'noreply@anthropic.com', account: null }],
    ['a bot, by its account', { name: 'ci', email: 'ci@example.org', account: anAccount('ci[bot]', 8, 'Bot') }],
    ['a bot, by its address', { name: 'ci', email: '8+ci[bot]@users.noreply.github.com', account: null }],
    ["GitHub's own identity", { name: 'GitHub', email: 'noreply@github.com', account: null }],
    ['the author, who is judged anyway', { ...JANE, account: null }],
    ['the author, by the no-reply address', { name: JANE.name, email: '1+jane@users.noreply.github.com', account: null }],
  ])('%s', (_, who) => {
    expect(missing([who], [])).toEqual([]);
  });
});

test('a message that names 1,000 co-authors and signs for all but one is read through', () => {
  const many = Array.from({ length: 1000 }, (_, index): LinkedPerson => ({
    name: 'Same Name',
    email: `p${index}@x.org`,
    account: null,
  }));
  const signOffs = many.slice(1).map(({ name, email }) => `${name} <${email}>`);
  expect(missing(many, signOffs)).toEqual(['p0@x.org']);
});
