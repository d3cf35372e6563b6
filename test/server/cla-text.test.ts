/** The text of agreements: shown so that it can only be read, compared so that people see what changed. */
import { describe, expect, test } from '@jest/globals';
import { changes } from '../../src/server/cla/changes.ts';
import { compare, type Stretch } from '../../src/server/cla/compare.ts';
import { byVersion } from '../../src/facts/versions.ts';
import { carriesOver, newestOf } from '../../src/server/cla/standing.ts';
import { agreementText } from '../../src/server/cla/text.ts';
import { anAgreement } from '../support/cla.ts';

const shown = async (text: string, source = 'acme/legal:CLA.md'): Promise<string> =>
  String(await agreementText(anAgreement({ text, source }))).trimEnd();

describe('the text of an agreement', () => {
  test('in Markdown is rendered, its headings below those of the page', async () => {
    expect(await shown('# Title\n\n**You** agree.\n')).toBe('<h3>Title</h3>\n<p><strong>You</strong> agree.</p>');
  });

  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a style', '<style>*{display:none}</style>'],
    ['a form', '<form action="https://evil.example"><input name="agree"></form>'],
    ['an event handler', '<p onclick="alert(1)">text</p>'],
    ['a frame', 'text <iframe src="https://evil.example"></iframe>'],
  ])('keeps the HTML of %s as text', async (_what, text) => {
    expect(await shown(text)).not.toMatch(/<(?:script|style|form|input|iframe|p )/);
  });

  test('links to the web, and tells search engines and the other page nothing', async () => {
    expect(await shown('[FAQ](https://example.org/a?b=1&c=2 "t")')).toBe(
      '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow">FAQ</a></p>',
    );
  });

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'mailto:a@example.org',
    '/cla/logout',
    '#sign',
    '//evil.example',
  ])('leads nowhere by %s', async (address) => {
    expect(await shown(`[a](${address})`)).toBe('<p><a>a</a></p>');
  });

  test('loads no image', async () => {
    expect(await shown('![a "quoted" logo](https://evil.example/pixel.png)')).toBe('<p>[a &quot;quoted&quot; logo]</p>');
  });

  test('takes no id of the page', async () => {
    expect(await shown('a[^1]\n\n[^1]: note\n')).not.toMatch(/\bid=/);
  });

  test('in plain text is shown as it is', async () => {
    expect(await shown('1. Grant <b>\n   *all*', 'https://example.org/cla.txt')).toBe(
      '<pre class="plain">1. Grant &lt;b&gt;\n   *all*</pre>',
    );
  });

  test('at an address without an ending is Markdown when it has such a heading', async () => {
    expect(await shown('# T\n', 'https://example.org/raw/abc')).toBe('<h3>T</h3>');
    expect(await shown('T\n*x*\n', 'https://example.org/raw/abc')).toContain('<pre');
  });

  test('of more than a hundred thousand letters is shown as it is', async () => {
    const text = '# T\n\n' + 'word '.repeat(20_000);
    expect(await shown(text)).toBe(`<pre class="plain">${text}</pre>`);
  });
});

/** Texts that take seconds to minutes to render, although each is shorter than what is rendered at most. */
const costly: readonly (readonly [string, string])[] = [
  ['many marks of emphasis', 'a_*'.repeat(33_000)],
  ['brackets around a long text', '['.repeat(990) + 'a '.repeat(45_000) + ']'.repeat(990)],
  ['lists in lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
  ['paragraphs of one letter', 'a\n\n'.repeat(33_000)],
  ['lines of one letter', 'a\n'.repeat(49_000)],
  ['backticks that nothing closes', Array.from({ length: 60 }, (_, many) => '`'.repeat(many) + 'a '.repeat(750)).join('')],
  ['hidden comments that nothing closes', '<!-- '.repeat(19_000)],
];

test.each(costly)(
  'a text of %s is shown all the same, and keeps nobody waiting, however often it is asked for',
  async (_of, text) => {
    for (let times = 0; times < 5; times++) expect((await shown(text)).length).toBeGreaterThan(100);
  },
);

test('a text that took too long to render is shown as it is', async () => {
  const [, text] = costly[1] ?? ['', ''];
  expect(await shown(text)).toBe(`<pre class="plain">${text}</pre>`);
});

const plain = (stretches: readonly Stretch[]): readonly string[] =>
  stretches.map((stretch) => {
    const marks = { same: ['', ''], added: ['+', '+'], removed: ['-', '-'] } as const;
    return stretch.kind === 'same'
      ? stretch.paragraphs.join(' | ')
      : stretch.words.map(({ kind, text }) => `${marks[kind][0]}${text}${marks[kind][1]}`).join('');
  });

/** Fifty paragraphs of which every second one is long and changed. */
function long(modulus: number): string {
  const paragraph = (index: number): string => Array.from({ length: 2_500 }, (_, at) => (at * index) % modulus).join(' ');
  return Array.from({ length: 50 }, (_, index) => `${paragraph(index)}\n\n${index}.`).join('\n\n');
}

describe('two versions', () => {
  test('differ by words within paragraphs', () => {
    expect(plain(compare('One.\n\nYou grant a license.\n\nThree.', 'One.\n\nYou grant a broad license.\n\nThree.'))).toEqual([
      'One.',
      'You grant a +broad +license.',
      'Three.',
    ]);
  });

  test('are the same when only lines are broken elsewhere', async () => {
    expect(plain(compare('You grant\na license.\r\n\r\n\r\nTwo.  \n', 'You grant a license.\n\nTwo.'))).toEqual([
      'You grant a license. | Two.',
    ]);
    expect(String(await changes('a\nb', 'a b'))).toContain('The words are the same');
  });

  test('differ by whole paragraphs', () => {
    expect(plain(compare('One.\n\nTwo.', 'Two.\n\nThree.'))).toEqual(['-One.-', 'Two.', '+Three.+']);
  });

  test.each([
    ['of nothing but blanks', `a${' '.repeat(262_140)}a`, `b${' '.repeat(262_140)}b`],
    ['of many paragraphs', 'a\n\n'.repeat(87_000), 'b\n\nc\n\n'.repeat(43_000)],
    ['with many long changes', long(13), long(17)],
  ])('%s are compared at once', async (_what, before, after) => {
    for (let times = 0; times < 20; times++) expect(String(await changes(before, after))).toContain('<p');
  });

  test('that have nothing in common are shown one after the other', () => {
    const text = (word: string): string => Array.from({ length: 1_200 }, (_, index) => `${word} ${index}.`).join('\n\n');
    const [only, ...others] = compare(text('old'), text('new'));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ kind: 'changed', words: [{ kind: 'removed' }, { kind: 'added' }] });
  });

  test('of 300 kB in one paragraph are compared, too', () => {
    const words = 'lorem ipsum dolor '.repeat(17_000);
    expect(compare(words, `${words} sit`)).toMatchObject([{ kind: 'changed', words: [{ kind: 'removed' }, { kind: 'added' }] }]);
  });

  test('are shown with what stayed folded, but for the paragraphs around a change', async () => {
    const before = ['A', 'B', 'C', 'D', 'E', 'old', 'F', 'G', 'H', 'I'].join('\n\n');
    const page = String(await changes(before, before.replace('old', 'new')));
    expect(page.replaceAll(/\s+/g, ' ')).toMatch(
      /<summary>4 unchanged paragraphs<\/summary>.*<p>E<\/p> ?<p><del>old<\/del><ins>new<\/ins><\/p> ?<p>F<\/p>.*<summary>3 unchanged paragraphs<\/summary>/,
    );
  });

  test('show foreign HTML as text', async () => {
    expect(String(await changes('a', '<script>alert(1)</script>'))).not.toContain('<script>');
  });
});

test('versions are ordered by their numbers', () => {
  expect(['1.10', '1', '2.0.1', '1.9', '2'].sort(byVersion)).toEqual(['1', '1.9', '1.10', '2', '2.0.1']);
  const kept = ['1.10', '2.0', '1.2'].map((version) => anAgreement({ version }));
  expect(newestOf(kept)?.version).toBe('2.0');
  expect(newestOf([])).toBeNull();
});

test('a signature carries over until the first number grows', () => {
  expect([carriesOver('1.0', '1.9'), carriesOver('1', '2.0'), carriesOver('2.0', '10.0')]).toEqual([true, false, false]);
});
