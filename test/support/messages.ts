/** Commit messages at the edges of the trailer grammar, and how the installed git reads them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

const SIGNED = 'Signed-off-by: Jane <jane@example.org>';
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
/** A message that may or may not end in trailers. */
export const message = fc
  .tuple(fc.constantFrom('Title\n\n', 'Title\n', '', '\n'), text, fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '\n'))
  .map(([start, lines, eol, end]) => start + lines.join(eol) + end);

/** git ends a message at NUL, and fast-import keeps everything else. */
function clean(value: string): string {
  return value.replaceAll('\0', '');
}

/** Stores the messages as commits of one new repository and lets `git log` print their trailers. */
export function readByGit(messages: readonly string[]): readonly string[][] {
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
