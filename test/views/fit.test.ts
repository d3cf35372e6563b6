/** GitHub's limits are kept, and what is cut stays readable. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cut, cutBytes, fitMarkdown, LIMITS } from '../../src/views/fit.ts';

const MORE = 'The rest is elsewhere.';

test('a text that fits is left alone', () => {
  expect(fitMarkdown('a\n\nb', MORE)).toBe('a\n\nb');
});

test('a text that is too long ends after a whole line and says where the rest is', () => {
  const text = Array.from({ length: 10_000 }, (_, index) => `- line ${index}`).join('\n');
  const fitted = fitMarkdown(text, MORE);
  const lines = fitted.split('\n');
  expect(fitted.length).toBeLessThanOrEqual(LIMITS.body);
  expect(fitted.length).toBeGreaterThan(LIMITS.body - 100);
  expect(lines.at(-1)).toBe(MORE);
  expect(lines.at(-3)).toMatch(/^- line \d+$/);
});

test('it is never cut within a block of code, and an open fold is closed', () => {
  const block = `\`\`\`sh\n${'echo x\n'.repeat(50)}\`\`\``;
  expect(fitMarkdown(`Intro\n\n${block}`, MORE, 100)).toBe(`Intro\n\n${MORE}`);
  expect(fitMarkdown(`<details>\n\n${'- x\n'.repeat(100)}\n</details>`, MORE, 60)).toMatch(
    /- x\n<\/details>\n\nThe rest is elsewhere\.$/,
  );
});

test('any text fits after fitting, without half a character', () => {
  const line = fc.constantFrom('<details>', '</details>', '```', '````sh', 'text', '😀'.repeat(40), '', '- item');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 60, max: 400 }), (lines, limit) => {
      const fitted = fitMarkdown(lines.join('\n'), MORE, limit);
      expect(fitted.length).toBeLessThanOrEqual(limit);
      expect(fitted.isWellFormed()).toBe(true);
    }),
  );
});

test('one endless line is cut by character', () => {
  const fitted = fitMarkdown('😀'.repeat(100_000), MORE);
  expect(fitted.length).toBeLessThanOrEqual(LIMITS.body);
  expect(fitted.isWellFormed()).toBe(true);
  expect(fitted.endsWith(`…\n\n${MORE}`)).toBe(true);
});

test('titles are cut by character, messages by byte', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('ab😀d', 4)).toBe('ab…');
  const message = cutBytes('é'.repeat(50_000), LIMITS.annotationMessage);
  expect(Buffer.byteLength(message)).toBeLessThanOrEqual(LIMITS.annotationMessage);
  expect(message.endsWith('é…')).toBe(true);
});
