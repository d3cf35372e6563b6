/** Foreign text in Markdown, judged by a parser with GitHub's extensions: it can be read and do nothing else. */
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { code, link, quote, words } from '../../src/facts/words.ts';
import { codeBlock, markdown } from '../../src/views/markdown.ts';
import { attempt, must, type Check } from './check.ts';

const REFERENCES = [
  '@octocat',
  '@acme/team',
  '#12',
  'GH-12',
  'acme/widget#1',
  'GHSA-aaaa',
  'a1b2c3d4e5f6071',
  ':tada:',
  'fixes #1',
];
const ADDRESSES = [
  'https://evil.example',
  'http://',
  'www.evil.example',
  'ftp://x.example',
  'mailto:a@b.example',
  'xmpp:a@b.example/c',
];
const HTML = [
  '<!--',
  '-->',
  '<b>',
  '</details>',
  '<script>',
  '<img src=x onerror=y>',
  '<a href="',
  '&lt;',
  '&#64;',
  '&commat;',
  '<?',
  '<![CDATA[',
];
const LINKS = ['![x](http://y)', '[x](y)', '[x]', '[x]: http://y', '[^1]', '[^1]: x', '<https://x.example>', '](', '[ ] '];
const MARKS = [
  '*',
  '**',
  '_',
  '__',
  '~',
  '~~',
  '`',
  '``',
  '```',
  '~~~',
  '|',
  '|---|',
  '\\',
  '\\|',
  '$',
  '$$',
  '$x$',
  '> [!NOTE]',
  '%',
];
const LINES = ['\n', '\r\n', '\r', '\n\n', '\t', '    ', '# ', '- ', '+ ', '1. ', '1) ', '> ', '===', '---', '***'];
const LETTERS = [
  '\u202e',
  '\u200b',
  '\u00a0',
  '\u2028',
  '\u0085',
  '\0',
  '\ud83d',
  '😀',
  'é',
  '\u0301',
  '\u{e0041}',
  '\ufeff',
  '\u3000',
];
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...REFERENCES, ...ADDRESSES, ...HTML, ...LINKS, ...MARKS, ...LINES, ...LETTERS),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    {
      maxLength: 16,
    },
  )
  .map((pieces) => pieces.join(''));
const input = fc.record({ a: hostile, b: hostile });

function html(text: string): string {
  return micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }).trim();
}

/** Every place where a view puts foreign text, and what the page may then consist of. */
const PLACES: readonly { readonly put: (a: string, b: string) => string; readonly becomes: RegExp }[] = [
  { put: (a) => markdown([quote(a)]), becomes: /^<p>[^<]*<\/p>$/ },
  { put: (a, b) => markdown(words`${quote(a)} by ${quote(b)}`), becomes: /^<p>[^<]*<\/p>$/ },
  { put: (a) => `### ${markdown([quote(a)])}`, becomes: /^<h3>[^<]*<\/h3>$/ },
  { put: (a) => `Above\n${markdown([quote(a)])}`, becomes: /^<p>[^<]*<\/p>$/ },
  { put: (a) => `- ${markdown([quote(a)])}\n- x`, becomes: /^<ul>\n<li>[^<]*<\/li>\n<li>x<\/li>\n<\/ul>$/ },
  {
    put: (a) => `- [ ] ${markdown([quote(a)])}`,
    becomes: /^<ul>\n<li><input type="checkbox" disabled="" \/>[^<]*<\/li>\n<\/ul>$/,
  },
  { put: (a) => `> ${markdown([quote(a)])}`, becomes: /^<blockquote>\n<p>[^<]*<\/p>\n<\/blockquote>$/ },
  {
    put: (a) => `**Bold** ${markdown([quote(a)])} **bold**`,
    becomes: /^<p><strong>Bold<\/strong>[^<]*<strong>bold<\/strong><\/p>$/,
  },
  { put: (a) => `It is ${markdown([code(a)])} here.`, becomes: /^<p>It is (?:<code>[^<]*<\/code>|\(empty\)) here\.<\/p>$/ },
  { put: (a, b) => codeBlock([a, b]), becomes: /^<pre><code class="language-sh">[^<]*<\/code><\/pre>$/ },
  {
    put: (a, b) => markdown([link(a, `https://example.org/${b}?q=${b}`)]),
    becomes: /^<p><a href="https:\/\/example\.org\/[^"<>]*">[^<]*<\/a><\/p>$/,
  },
  {
    put: (a, b) =>
      `| x | y |\n|---|---|\n| ${markdown([quote(a)], { inTable: true })} | ${markdown([code(b)], { inTable: true })} |`,
    becomes:
      /^<table>\n<thead>\n<tr>\n<th>x<\/th>\n<th>y<\/th>\n<\/tr>\n<\/thead>\n<tbody>\n<tr>\n<td>[^<]*<\/td>\n<td>(?:<code>[^<]*<\/code>|\(empty\))<\/td>\n<\/tr>\n<\/tbody>\n<\/table>$/,
  },
];

/** What GitHub itself finds in plain text, after Markdown. */
const FOUND_BY_GITHUB = /@[a-z\d]|#\d|\bGH-\d|\bGHSA-\w|[0-9a-f]{7,}|:\/\/|www\.|:[a-z\d+_-]+:|\$[^\s\u200b]/i;

function holds({ a, b }: { readonly a: string; readonly b: string }): void {
  for (const { put, becomes } of PLACES) {
    const text = put(a, b);
    const page = html(text);
    must(becomes.test(page), () => `${JSON.stringify(text)} became ${JSON.stringify(page)}`);
  }
  const plain = html(markdown([quote(a)]))
    .replace(/^<p>|<\/p>$/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, ' ');
  must(!FOUND_BY_GITHUB.test(plain), () => `GitHub would act upon ${JSON.stringify(plain)}`);
}

export const markdownHostile: Check = {
  name: 'markdown',
  says: 'foreign text in Markdown can only be read, wherever it stands',
  run: (options) => attempt(input, holds, options),
};
