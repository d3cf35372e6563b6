/** Steward reads trailers as git does: a table of cases one can argue with, and a comparison with the git that is installed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signOffLines, signOffs, trailers } from '../src/facts/trailers.ts';

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

const trailer = fc.constantFrom(
  SIGNED,
  'Signed-off-by:x',
  'signed-off-by: a <b@c>',
  'Fixes: #1',
  'A-b : c',
  '-: d',
  '9:',
  'K: \u000b v',
);
const generated = fc.constantFrom(SIGNED, '(cherry picked from commit 1234)');
const prose = fc.constantFrom('Prose', 'Two words: here', 'http://example.org', 'é: accent', ': e', '---', 'Conflicts: none');
const folded = fc.constantFrom(' folded', '\tpath', '  A: b');
const comment = fc.constantFrom('# comment', '#', '# A: b');
const blank = fc.constantFrom('', '', ' ', '\t', '\r');
const cut = fc.constantFrom('# ------------------------ >8 ------------------------', 'Conflicts:');

const anything = fc.array(fc.oneof(trailer, prose, folded, comment, blank, cut), { maxLength: 14 });
const noise = fc.array(fc.string({ maxLength: 12 }).map(clean), { maxLength: 8 });
const block = fc
  .tuple(
    fc.array(prose, { maxLength: 5 }),
    fc.array(fc.oneof(generated, trailer, folded, comment), { minLength: 1, maxLength: 4 }),
  )
  .chain(([others, rest]) => fc.shuffledSubarray([...others, ...rest], { minLength: others.length + rest.length }));
const tail = fc.oneof(
  fc.constant([]),
  fc.array(fc.oneof(blank, comment), { maxLength: 3 }),
  fc.constantFrom(
    ['', 'Conflicts:', '\tone', '\ttwo'],
    ['Conflicts:', '\tone', 'Prose'],
    ['', '# ------------------------ >8 ------------------------', 'x'],
  ),
);
const blockAtEnd = fc.tuple(block, tail).map(([lines, end]) => ['Body.', '', ...lines, ...end]);
const text = fc.oneof({ weight: 2, arbitrary: anything }, { weight: 5, arbitrary: blockAtEnd }, { weight: 1, arbitrary: noise });
const message = fc
  .tuple(fc.constantFrom('Title\n\n', 'Title\n', '', '\n'), text, fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '\n'))
  .map(([start, lines, eol, end]) => start + lines.join(eol) + end);

/** git ends a message at NUL, and fast-import keeps everything else. */
function clean(value: string): string {
  return value.replaceAll('\0', '');
}

test('git reads the same trailers from the same messages', () => {
  const messages = fc.sample(message, MESSAGES);
  const ours = messages.map((one) => trailers(one).map(({ token, value }) => `${token}: ${value}`));
  const theirs = readByGit(messages);
  messages.forEach((one, index) => {
    expect({ message: one, trailers: ours[index] }).toEqual({ message: one, trailers: theirs[index] });
  });
});

/** Stores the messages as commits of one new repository and lets `git log` print their trailers. */
function readByGit(messages: readonly string[]): readonly string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'steward-trailers-'));
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    HOME: folder,
    LC_ALL: 'C.UTF-8',
  };
  const git = (args: readonly string[], input?: string): string =>
    execFileSync('git', ['-C', folder, ...args], {
      env,
      input,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  try {
    git(['init', '-q', '--bare']);
    const commits = messages.map(
      (one) => `commit refs/heads/main\ncommitter J <j@x> 0 +0000\ndata ${Buffer.byteLength(one)}\n${one}\n`,
    );
    git(['fast-import', '--quiet', '--force'], commits.join(''));
    const log = git(['log', '--reverse', '--format=%x1e%(trailers:only,unfold,separator=%x1f)', 'main']);
    return log
      .split('\x1e')
      .slice(1)
      .map((entry) => entry.replace(/\n$/, ''))
      .map((entry) => (entry === '' ? [] : entry.split('\x1f')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
