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
  ['in a hidden comment', (line: string) => `Hello\n<!--\n${line}\n-->`],
  ['in an indented block', (line: string) => `Write:\n\n    ${line}`],
])('%s nothing is said', (_where, wrapped) => {
  expect(commands(wrapped(COMMAND))).toEqual([]);
  expect(sentenceIn(wrapped(CERTIFICATION))).toBeNull();
});

test.each([
  ['after a quote and an empty line', (line: string) => `> What about it?\n\n${line}`],
  ['after a code block', (line: string) => `\`\`\`\nmake\n\`\`\`\n${line}`],
  ['after a hidden comment', (line: string) => `<!-- note -->\n<!--\nmore\n-->\n${line}`],
  ['with line ends of either kind', (line: string) => `Hello\r\n${line}\r\nBye`],
])('%s it is', (_where, wrapped) => {
  expect(commands(wrapped(COMMAND))).toEqual([COMMAND.replace('/steward ', '')]);
  expect(sentenceIn(wrapped(CERTIFICATION))).toMatchObject({ kind: 'certification' });
});

test('a comment of the longest kind is read in one go', () => {
  expect(spokenLines('<!--'.repeat(16_384))).toEqual([]);
  expect(spokenLines('\n'.repeat(65_536))).toHaveLength(65_537);
});
