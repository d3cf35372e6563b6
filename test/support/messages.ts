/** Commit messages at the edges of the trailer grammar, and how the installed git reads them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

const SIGNED = 'Signed-off-by: Jane <jane@example.org>';
const LONGEST = 65_535;
const trailer = fc.constantFrom(
  SIGNED,
  'Signed-off-by:x',
  'signed-off-by: a <b@c>',
  'Fixes: #1',
  'A-b : c',
  '-: d',
  '9:',
  'K: \u000b v',
  'Acked-by: \u001b[31mred\u0007',
  'Reviewed-by: \u202eeneJ\u202c <j@x>',
  'Tested-by: Ren\u0065\u0301 \u00a0 <r@x>\u3000',
  'Co-authored-by: 名前 😀 <n@x>',
  'Signed-off-by: Jane <jane@example.org> (at work)',
);
const generated = fc.constantFrom(
  SIGNED,
  '(cherry picked from commit 1234)',
  '(cherry picked from commit 0123456789abcdef0123456789abcdef01234567)',
);
const prose = fc.constantFrom(
  'Prose',
  'Two words: here',
  'http://example.org',
  'é: accent',
  ': e',
  '---',
  '--- a/file',
  '---------',
  'Conflicts: none',
  '* Squashed title',
  '> Signed-off-by: Jane <jane@example.org>',
  'cherry picked from commit 1234',
  '\u0085',
  '\u00a0',
);
const folded = fc.constantFrom(' folded', '\tpath', '  A: b', ' \r', ` ${SIGNED}`);
const comment = fc.constantFrom('# comment', '#', '# A: b');
const blank = fc.constantFrom('', '', ' ', '\t', '\r');
const cut = fc.constantFrom('# ------------------------ >8 ------------------------', 'Conflicts:', 'Conflicts:\r');

const anything = fc.array(fc.oneof(trailer, prose, folded, comment, blank, cut), { maxLength: 14 });
const control = fc.constantFrom(...Array.from({ length: 31 }, (_, index) => String.fromCharCode(index + 1)), '\u007f', '\u009f');
const noise = fc.array(
  fc.oneof(
    fc.string({ maxLength: 12 }).map(clean),
    fc.string({ unit: 'binary', maxLength: 12 }).map(clean),
    fc.string({ unit: control, maxLength: 6 }),
    fc.tuple(trailer, control).map(([line, end]) => line + end),
  ),
  { maxLength: 8 },
);
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
    ['', 'Conflicts:', '\tone', '', '# comment', '\ttwo'],
    ['', 'Conflicts:', '\tone', '', 'A: b'],
    ['---', '', 'A: b'],
  ),
);
const blockAtEnd = fc.tuple(block, tail).map(([lines, end]) => ['Body.', '', ...lines, ...end]);
/** What GitHub writes when it squashes: each title and body, and the trailers it adds. */
const squashed = fc
  .tuple(fc.array(blockAtEnd, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([bodies, isAdded]) => [
    ...bodies.flatMap((body) => ['* Title', '', ...body, '']),
    ...(isAdded ? ['---------', '', 'Co-authored-by: Bob <bob@example.org>'] : []),
  ]);
/** As long as GitHub shows a message, in one line or in many. */
const long = fc
  .tuple(fc.constantFrom('x', 'A: b\n', ' ', ' x\n', `${SIGNED}\n`, '# c\n', '\n', '\r', ':', 'é\n'), block)
  .map(([filler, lines]) => {
    const end = lines.join('\n');
    return [filler.repeat((LONGEST - end.length) / filler.length), end];
  });
const text = fc.oneof(
  { weight: 200, arbitrary: anything },
  { weight: 500, arbitrary: blockAtEnd },
  { weight: 100, arbitrary: noise },
  { weight: 100, arbitrary: squashed },
  { weight: 1, arbitrary: long },
);
/** A message that may or may not end in trailers. */
export const message = fc
  .tuple(fc.constantFrom('Title\n\n', 'Title\n', '', '\n'), text, fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '\n'))
  .map(([start, lines, eol, end]) => start + lines.join(eol) + end);

/** git ends a message at NUL, and fast-import keeps everything else. */
function clean(value: string): string {
  return value.replaceAll('\0', '').toWellFormed();
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
    const log = git(['log', '--reverse', '--format=%x00%x00%(trailers:only,unfold,separator=%x00)', 'main']);
    return log
      .split('\0\0')
      .slice(1)
      .map((entry) => entry.replace(/\n$/, ''))
      .map((entry) => (entry === '' ? [] : entry.split('\0')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
