/** Showing, quoting or hiding a command is not giving it: people tell each other what to write. */
import { expect, test } from '@jest/globals';
import { CERTIFICATION, sentenceIn } from '../src/facts/sentences.ts';
import { spokenLines } from '../src/facts/spoken.ts';
import { commands } from '../src/server/commands.ts';

const COMMAND = '/steward override dco because it is agreed';

test.each([
  ['in a fenced code block', (line: string) => `Write:\n\`\`\`\n${line}\n\`\`\`\nThanks!`],
  ['in a fence of tildes that is never closed', (line: string) => `~~~sh\n${line}`],
  ['after a fence that a shorter one does not close', (line: string) => `\`\`\`\`\n\`\`\`\n${line}`],
  ['in a quote', (line: string) => `> ${line}`],
  ['in a line that Markdown adds to the quote above it', (line: string) => `> Please write this:\n${line}`],
  ['in a line that Markdown adds to a quote in a list', (line: string) => `- > Please write this:\n${line}`],
  ['in a line that Markdown adds to a quote in a list within a list', (line: string) => `1. *  > Please write:\n${line}`],
  ['in a line that Markdown adds to a quote in the middle of a list', (line: string) => `- Hello\n\n    > Write:\n${line}`],
  ['in a code span of several lines', (line: string) => `Write \`\n${line}\n\` please`],
  ['in a longer code span of several lines', (line: string) => `Write \`\`sh\nx \` y\n${line}\n\`\` please`],
  ['in the second of two code spans', (line: string) => `Write \`a\nb\` and \`c\n${line}\nd\`.`],
  ['in lines that were struck out', (line: string) => `I wrote ~~this:\n${line}\nand that~~.`],
  ['in lines that were struck out with one tilde', (line: string) => `~This:\n${line}\nnot~`],
  ['in an instruction that is not shown', (line: string) => `<?php\n${line}\n?>`],
  ['in a section that is not shown', (line: string) => `<![CDATA[\n${line}\n]]>`],
  ['in a declaration that is not shown', (line: string) => `<!DOCTYPE\n${line}\n>`],
  ['in a hidden comment', (line: string) => `Hello\n<!--\n${line}\n-->`],
  ['in an indented block', (line: string) => `Write:\n\n    ${line}`],
  ['in the lines of a quote in HTML', (line: string) => `<blockquote>\n${line}\n</blockquote>`],
  ['in a paragraph within a quote in HTML', (line: string) => `<blockquote>Mia wrote:\n\n${line}\n\n</blockquote>\nSee?`],
  ['in a quote in HTML that is never closed', (line: string) => `<BlockQuote cite="https://a.example">\n\n${line}`],
  ['in an element within another one', (line: string) => `<blockquote><s>x</s>\n\n${line}\n</blockquote>`],
  ['in one of two quotes of which only one is closed', (line: string) => `<blockquote><blockquote></blockquote>\n\n${line}`],
  ['in preformatted text', (line: string) => `Write:\n<pre>\n${line}\n</pre>`],
  ['in what is folded away', (line: string) => `<details><summary>How</summary>\n\n${line}\n\n</details>`],
  ['in what was withdrawn', (line: string) => `<del>\n\n${line}\n\n</del>`],
  ...['code', 'kbd', 'samp', 's', 'strike', 'q', 'template', 'script', 'style', 'textarea', 'xmp'].map(
    (name) => [`between the tags of <${name}>`, (line: string) => `<${name}>\n${line}\n</${name}>`] as const,
  ),
  ['after an element that opens before a hidden comment', (line: string) => `<pre> <!--\n--> \n${line}`],
  ['after an element that opens behind a hidden comment', (line: string) => `<!--\n--> <pre>\n${line}`],
  ['in a fence within a quote in HTML', (line: string) => `<blockquote>\n\n\`\`\`\n</blockquote>\n\`\`\`\n${line}`],
])('%s nothing is said', (_where, wrapped) => {
  expect(commands(wrapped(COMMAND))).toEqual([]);
  expect(sentenceIn(wrapped(CERTIFICATION))).toBeNull();
});

test.each([
  ['after a quote and an empty line', (line: string) => `> What about it?\n\n${line}`],
  ['after a code block', (line: string) => `\`\`\`\nmake\n\`\`\`\n${line}`],
  ['after a hidden comment', (line: string) => `<!-- note -->\n<!--\nmore\n-->\n${line}`],
  ['after a quote in HTML', (line: string) => `<blockquote>\nWhat about it?\n</blockquote>\n\n${line}`],
  ['after elements of several kinds', (line: string) => `<pre>a</pre> <code>b</code>\n<details>\nc\n</details>\n${line}`],
  ['after a tag in a code span', (line: string) => `Use \`<pre>\` and \`\`<blockquote>\`\` and \`<!--\`.\n${line}`],
  ['after a tag in a code block', (line: string) => `\`\`\`html\n<pre>\n\`\`\`\n${line}`],
  ['after a tag in a hidden comment', (line: string) => `<!-- <pre> -->\n<!--\n\`<pre>\`\n-->\n${line}`],
  ['after a backtick that ends nowhere', (line: string) => `It\`s agreed:\n${line}`],
  ['after backticks that end in another paragraph', (line: string) => `It\`s agreed.\n\n${line}\n\nIt\`s done.`],
  ['after backticks of which there are more elsewhere', (line: string) => `It\`s agreed:\n${line}\nIt\`\`s done.`],
  ['between code spans', (line: string) => `Use \`make\`:\n${line}\nand \`make test\`.`],
  ['between tildes that mean "about"', (line: string) => `~5 people agreed:\n${line}\nof ~6.`],
  ['between code blocks', (line: string) => `\`\`\`\na\` b\n\`\`\`\n${line}\n\`\`\`\nc\` d\n\`\`\``],
  ['after an instruction, a section and a declaration', (line: string) => `<?a?>\n<![CDATA[\nb\n]]>\n<!X>\n${line}`],
  ['after a list', (line: string) => `- a\n- b > c\n\n${line}`],
  ['after an end of what never began', (line: string) => `</pre>\n${line}`],
  ['after elements that only emphasize', (line: string) => `<b>Hello</b> <span>\n<sub>\n\n${line}`],
  ['after names that only begin alike', (line: string) => `<prefix> <section>\n\n${line}`],
  ['with line ends of either kind', (line: string) => `Hello\r\n${line}\r\nBye`],
])('%s it is', (_where, wrapped) => {
  expect(commands(wrapped(COMMAND))).toEqual([COMMAND.replace('/steward ', '')]);
  expect(sentenceIn(wrapped(CERTIFICATION))).toMatchObject({ kind: 'certification' });
});

test('a comment of the longest kind is read in one go', () => {
  expect(spokenLines('<!--'.repeat(16_384))).toEqual([]);
  expect(spokenLines('\n'.repeat(65_536))).toHaveLength(65_537);
  for (const many of [
    '<s>',
    '</pre>',
    '<!-- -->',
    '`',
    '`<pre>',
    '<!--\n-->',
    '<pre ',
    '>\n',
    '`a',
    '`` ',
    '~a',
    'a~ ',
    '- ',
    '1. ',
    '<?',
    '<![CDATA[',
    '<!a',
    '`\n',
    '~a\n~~a\n',
  ]) {
    expect(spokenLines(many.repeat(65_536 / many.length)).length).toBeLessThanOrEqual(65_536);
  }
});
