/** Foreign text can be read in Markdown, and can do nothing else. A real parser with GitHub's extensions is the judge. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { code, link, quote, visible, words } from '../../src/facts/words.ts';
import { codeBlock, codeSpan, LONGEST_PART, markdown, ownLink, quoted, safeUrl } from '../../src/views/markdown.ts';

const GITHUB = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
const toHtml = (text: string): string => micromark(text, GITHUB);

const decoded = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

/** Any character that there is, and halves of characters, which JavaScript holds as well. */
const anyCharacter = fc.integer({ min: 0, max: 0x10_ff_ff }).map((point) => String.fromCodePoint(point));

/** Pieces that mean something to Markdown, to HTML or to GitHub, mixed with anything. */
const piece = fc.oneof(
  fc.constantFrom(
    '@octocat',
    '@acme/team',
    '#12',
    'GH-12',
    'acme/widget#1',
    'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    'a@b.example',
  ),
  fc.constantFrom(
    'https://evil.example',
    'www.evil.example',
    'ftp://x.example',
    'mailto:a@b.example',
    'xmpp:a@b.example/c',
    ':tada:',
    '$x$',
    'GHSA-x',
  ),
  fc.constantFrom(
    '<!--',
    '-->',
    '</details>',
    '<b>',
    '<script>',
    '&lt;',
    '&#64;me',
    '![x](http://y)',
    '[x](y)',
    '[^1]',
    '<https://x.example>',
  ),
  fc.constantFrom(
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '~~~',
    '|',
    '|---|',
    '\n',
    '\r\n',
    '\n\n',
    '# ',
    '- ',
    '+ ',
    '1. ',
    '1) ',
    '> ',
    '    ',
    '===',
    '---',
  ),
  fc.constantFrom('\\', '\\|', '\t', '\u202e', '\u200b', '\u0000', '[ ] ', 'fixes #1', '😀', 'é', '[x]: http://y'),
  fc.string({ unit: anyCharacter, maxLength: 6 }),
);
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** What is left of a paragraph when only plain text is allowed in it; null when there is anything else. */
function textOf(html: string): string | null {
  const inside = /^<p>([^<]*)<\/p>$/.exec(html.trim())?.[1];
  return inside === undefined ? null : decoded(inside);
}

describe('a quote', () => {
  test('is one paragraph of plain text, wherever it stands', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(textOf(toHtml(quoted(text)))).not.toBeNull();
        expect(textOf(toHtml(`Title ${quoted(text)} end`))).not.toBeNull();
        expect(toHtml(`- ${quoted(text)}\n`)).toMatch(/^<ul>\n<li>[^<]*<\/li>\n<\/ul>\s*$/);
        expect(toHtml(`Above\n${quoted(text)}`)).toMatch(/^<p>[^<]*<\/p>$/);
        expect(toHtml(`### ${quoted(text)}`)).toMatch(/^<h3>[^<]*<\/h3>$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('stays in its table cell', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const html = toHtml(`| a | b |\n|---|---|\n| ${quoted(a)} | ${codeSpan(b, { inTable: true })} |\n`);
        expect(html.match(/<td>/g)).toHaveLength(2);
        expect(html.match(/<tr>/g)).toHaveLength(2);
        expect(html.replace(/<\/?(table|thead|tbody|tr|th|td|code)>/g, '')).not.toContain('<');
      }),
      { numRuns: 1_000 },
    );
  });

  test('mentions nobody, refers to nothing and names no address', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = textOf(toHtml(quoted(text))) ?? '';
        expect(shown).not.toMatch(/@[a-z\d]/i);
        expect(shown).not.toMatch(/#\d|\bGH-\d|\bGHSA-\w/i);
        expect(shown).not.toMatch(/[0-9a-f]{7,}/i);
        expect(shown).not.toMatch(/:\/\/|www\.|:[a-z\d+_-]+:|mailto:[a-z]/i);
        expect(shown).not.toMatch(/\$[^\s\u200b]/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('reads as it was written', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = (textOf(toHtml(quoted(text, 10_000))) ?? '').replaceAll('\u200b', '');
        const written = visible(text.toWellFormed()).replace(/ {2,}/g, ' ').trim();
        fc.pre(!/[\u00ad\u061c\u115f\u1160\u180e\u3164\ufff9-\ufffb\u{e0000}-\u{e007f}]/u.test(written));
        expect(shown).toBe(written === '' ? '(empty)' : written);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is cut at a length that leaves room for what matters, never within a character', () => {
    expect(quoted('a'.repeat(5_000).replaceAll('a', 'x'))).toHaveLength(LONGEST_PART);
    expect(quoted('😀'.repeat(5_000)).isWellFormed()).toBe(true);
  });
});

describe('code', () => {
  test('cannot be closed from within, and shows its line breaks', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = toHtml(`It is ${codeSpan(text)} here.`);
        expect(html).toMatch(/^<p>It is (<code>[^<]*<\/code>|\(empty\)) here\.<\/p>$/);
      }),
      { numRuns: 1_000 },
    );
    expect(codeSpan('a\nb')).toBe('`a⏎b`');
  });

  test('a block of commands stays closed, whatever the commands hold', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (commands) => {
        expect(toHtml(codeBlock(commands))).toMatch(/^<pre><code class="language-sh">[^<]*<\/code><\/pre>$/);
      }),
    );
    expect(codeBlock(['git push', '`x`'])).toBe('```sh\ngit push\n`x`\n```');
  });

  test('a command that is too long to show whole is not shown in part', () => {
    expect(codeBlock([`rm -rf ${'x'.repeat(3_000)}`])).not.toContain('rm');
  });
});

describe('a link', () => {
  test('leads to http and https only', () => {
    const urls = [
      'javascript:alert(1)',
      'data:text/html,x',
      ' javascript:x',
      'vbscript:x',
      '//evil.example',
      'https://user:pw@evil.example',
      'x',
    ];
    expect(urls.map(safeUrl)).toEqual(urls.map(() => null));
    expect(markdown([link('here', 'javascript:alert(1)')])).toBe('here');
    expect(markdown([link('here', 'https://example.org/a')])).toBe('[here](https://example.org/a)');
  });

  test('is one link, whatever its label and its address hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (label, path) => {
        const html = toHtml(markdown([link(label, `https://example.org/${path}?q=${path}#${path}`)]));
        expect(html).toMatch(/^<p><a href="https:\/\/example\.org\/[^"<>]*">[^<]*<\/a><\/p>$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('an address keeps its meaning', () => {
    const html = toHtml(ownLink('x', 'https://example.org/a_(b)?c=1&copy=2'));
    expect(html).toBe('<p><a href="https://example.org/a_%28b%29?c=1&amp;copy=2">x</a></p>');
  });
});

test("Steward's own words stay as they are", () => {
  expect(markdown(words`**Commit** ${code('a1b2c3d')} by ${quote('@ada')}`)).toBe('**Commit** `a1b2c3d` by @\u200bada');
});
