/** Steward reads trailers as git does: a table of cases one can argue with, and a comparison with the git that is installed. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signOffLines, signOffs, trailers } from '../src/facts/trailers.ts';
import { message, readByGit } from './support/messages.ts';

/** Messages compared with git in one run. */
const MESSAGES = 300;
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

test('several sign-offs are all read, in order', () => {
  const message = `Title\n\n${SIGNED}\nSigned-off-by: Bob <bob@example.org>`;
  expect(signOffs(message).map(({ name }) => name)).toEqual(['Jane', 'Bob']);
});

test('lines that only look like a sign-off are found for the explanation', () => {
  expect(signOffLines(`Title\n\n> ${SIGNED}\n\nText about Signed-off-by: lines`)).toEqual([3]);
});

test('a message of a megabyte of near-trailers is read to the end', () => {
  const prose = `Title\n\n${'a '.repeat(500_000)}\n${'A-b: c\n'.repeat(50_000)}`;
  const blanks = `Title\n\nA: b${' '.repeat(1_000_000)}c`;
  expect({ prose: trailers(prose), blanks: trailers(blanks).length }).toEqual({ prose: [], blanks: 1 });
});

test('git reads the same trailers from the same messages', () => {
  const messages = fc.sample(message, MESSAGES);
  const ours = messages.map((one) => trailers(one).map(({ token, value }) => `${token}: ${value}`));
  const theirs = readByGit(messages);
  messages.forEach((one, index) => {
    expect({ message: one, trailers: ours[index] }).toEqual({ message: one, trailers: theirs[index] });
  });
});
