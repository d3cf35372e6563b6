/** Steward reads trailers as git does: a table of cases one can argue with, and a comparison with the git that is installed. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lookalikes, signOffs, type Reading } from '../src/facts/sign-offs.ts';
import { trailers } from '../src/facts/trailers.ts';
import { message, readByGit } from './support/messages.ts';

/** Messages compared with git in one run. */
const MESSAGES = 10_000;
const SIGNED = 'Signed-off-by: Jane <jane@example.org>';
const jane = { name: 'Jane', email: 'jane@example.org' };

describe('a sign-off counts', () => {
  test.each<[string, string, number]>([
    ['in the last paragraph', `Title\n\nBody.\n\n${SIGNED}`, 5],
    ['right after the title', `Title\n\n${SIGNED}`, 3],
    ['with no space after the colon', 'Title\n\nSigned-off-by:Jane <jane@example.org>', 3],
    ['with two spaces after the colon', 'Title\n\nSigned-off-by:  Jane <jane@example.org>', 3],
    ['in any case', 'Title\n\nsigned-OFF-by: Jane <jane@example.org>', 3],
    ['with lines that end in CRLF', `Title\r\n\r\nBody\r\n\r\n${SIGNED}\r\n`, 5],
    ['folded over two lines', 'Title\n\nSigned-off-by: Jane\n <jane@example.org>', 3],
    ['with text after the address', `Title\n\n${SIGNED} (at work)`, 3],
    ['with extra blanks around name and address', 'Title\n\nSigned-off-by:   Jane   < jane@example.org >  ', 3],
    ['among other trailers', `Title\n\nReviewed-by: Bob <b@example.org>\n${SIGNED}\nFixes: #1`, 4],
    ['quoted in a paragraph of three lines, as git has it', `Title\n\nProse one\n${SIGNED}\nProse two`, 4],
    ['before trailing blank lines and comments', `Title\n\n${SIGNED}\n\n# a comment\n`, 3],
    ['before an old list of conflicts', `Title\n\n${SIGNED}\n\nConflicts:\n\ta/file\n`, 3],
    ['when the message is nothing but the sign-off', `${SIGNED}\n`, 1],
  ])('%s', (_, message, line) => {
    expect(signOffs(message)).toEqual([{ ...jane, line }]);
  });
});

describe('a sign-off does not count', () => {
  test.each([
    ['in the middle of the message', `Title\n\n${SIGNED}\n\nMore text.`],
    ['in the title paragraph', `Title\n${SIGNED}`],
    ['when it is indented', `Title\n\n  ${SIGNED}`],
    ['without an address', 'Title\n\nSigned-off-by: Jane'],
    ['drowned in a long paragraph', `Title\n\n1\n2\n3\n4\n${SIGNED}`],
    ['below scissors', `Title\n\n# ------------------------ >8 ------------------------\n\n${SIGNED}`],
    ['in lower case within prose, because git would not have written it', `Title\n\nProse\n${SIGNED.toLowerCase()}`],
  ])('%s', (_, message) => {
    expect(signOffs(message)).toEqual([]);
  });
});

describe('strict: a last paragraph of nothing but trailers', () => {
  const strict: Reading = { trailers: 'strict', tolerateSpacing: true };
  test.each<[string, string, number]>([
    ['a sign-off among other trailers counts', `Title\n\n${SIGNED}\nFixes: #1`, 1],
    ['so does one below a cherry-pick line of git', `Title\n\n(cherry picked from commit 1234)\n${SIGNED}`, 1],
    ['so does one that is folded', 'Title\n\nSigned-off-by: Jane\n <jane@example.org>', 1],
    ['so does one that is the whole message', SIGNED, 1],
    ['one quoted in prose does not, though git lets it', `Title\n\nProse one\n${SIGNED}\nProse two`, 0],
  ])('%s', (_, text, count) => {
    expect(signOffs(text, strict)).toHaveLength(count);
  });
});

describe('compat: a line anywhere, spelled as both DCO Apps want it', () => {
  const compat: Reading = { trailers: 'compat', tolerateSpacing: true };
  test.each<[string, string, number]>([
    ['in the middle of the message', `Title\n\n${SIGNED}\n\nMore text.`, 1],
    ['in the title', SIGNED, 1],
    ['in any case', `Title\n${SIGNED.toUpperCase()}`, 1],
    ['with CRLF and blanks at the end', `Title\r\n\r\n${SIGNED} \t\r\nMore.`, 1],
    ['not without a blank after the colon', 'Title\n\nSigned-off-by:Jane <jane@example.org>', 0],
    ['not without a blank before the address', 'Title\n\nSigned-off-by: Jane<jane@example.org>', 0],
    ['not indented', `Title\n\n ${SIGNED}`, 0],
    ['not with text after the address', `Title\n\n${SIGNED} (at work)`, 0],
    ['not folded', 'Title\n\nSigned-off-by: Jane\n <jane@example.org>', 0],
  ])('%s', (_, text, count) => {
    expect(signOffs(text, compat)).toHaveLength(count);
  });

  test('extra blanks belong to the name and the address', () => {
    expect(signOffs('Title\n\nSigned-off-by:  Jane  < jane@example.org>', compat)).toEqual([
      { name: ' Jane ', email: ' jane@example.org', line: 3 },
    ]);
  });
});

test('without the tolerance for spacing, one blank stands before the address and none inside it', () => {
  const exact: Reading = { trailers: 'git', tolerateSpacing: false };
  const spaced = ['Jane  <jane@example.org>', 'Jane < jane@example.org>', 'Jane<jane@example.org>'];
  expect(spaced.flatMap((one) => signOffs(`Title\n\nSigned-off-by: ${one}`, exact))).toEqual([]);
  expect(signOffs(`Title\n\n${SIGNED}`, exact)).toHaveLength(1);
});

test('several sign-offs are all read, in order', () => {
  const message = `Title\n\n${SIGNED}\nSigned-off-by: Bob <bob@example.org>`;
  expect(signOffs(message).map(({ name }) => name)).toEqual(['Jane', 'Bob']);
});

test('lines that only look like a sign-off are found for the explanation', () => {
  expect(lookalikes(`Title\n\n> ${SIGNED}\n\nText about Signed-off-by: lines`)).toEqual([
    { line: 3, before: '> ', person: jane },
  ]);
});

test('a message of a megabyte of near-trailers is read to the end', () => {
  const prose = `Title\n\n${'a '.repeat(500_000)}\n${'A-b: c\n'.repeat(50_000)}`;
  const blanks = `Title\n\nA: b${' '.repeat(1_000_000)}c`;
  const angles = `Title\n\nSigned-off-by: ${'a <'.repeat(300_000)}`;
  expect({ prose: trailers(prose), blanks: trailers(blanks).length }).toEqual({ prose: [], blanks: 1 });
  expect([signOffs(angles), signOffs(angles, { trailers: 'compat', tolerateSpacing: false })]).toEqual([[], []]);
});

test('git reads the same trailers from the same 10,000 messages', () => {
  const messages = fc.sample(message, MESSAGES);
  const ours = messages.map((one) => trailers(one).map(({ token, value }) => `${token}: ${value}`));
  const theirs = readByGit(messages);
  const other = messages.findIndex((_, index) => JSON.stringify(ours[index]) !== JSON.stringify(theirs[index]));
  expect(theirs).toHaveLength(MESSAGES);
  expect(other < 0 ? null : { message: messages[other], git: theirs[other], steward: ours[other] }).toBeNull();
});
