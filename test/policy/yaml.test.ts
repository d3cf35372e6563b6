/** Hostile and careless YAML: a clear problem each, no crash, nothing polluted. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readYaml } from '../../src/policy/yaml.ts';

/** What is told about a text, with its place. */
function told(text: string): string[] {
  return readYaml(text).problems.map(({ line, column, message, hint }) => `${line}:${column} ${message} ${hint ?? ''}`.trim());
}

const TAGS = 'A policy needs no tags: remove the word that starts with "!".';
const NOT_TEXT = 'The file is not text in UTF-8; a policy is YAML in UTF-8. Save it again as UTF-8 text.';
const NOT_KEYS = 'a policy is a group of keys such as "rules:". Start with "rules:" and write each rule below it, indented.';

const HOSTILE: readonly (readonly [name: string, text: string, told: string])[] = [
  [
    'an alias',
    'a: &x [1]\nb: *x\n',
    '2:4 "*x" repeats another part of the file; a policy has no such aliases, so that each line says what it means. Write the value out, or put text that starts with * in quotes.',
  ],
  [
    'a tab as indentation',
    'a:\n\tb: 2\n',
    '2:1 This is not valid YAML: tab characters must not be used in indentation. Indent with spaces.',
  ],
  [
    'an open bracket',
    'a: [1\n',
    '2:1 This is not valid YAML: deficient indentation. Check that every bracket and quote above is closed.',
  ],
  [
    'a colon in plain text',
    'a: b: c\n',
    '1:5 This is not valid YAML: bad indentation of a mapping entry. Keys of one group start in the same column and end in a colon; text with ": " in it needs quotes.',
  ],
  [
    'an unknown tag',
    'a: !!js/function x\n',
    `1:4 This is not valid YAML: unknown scalar tag !<tag:yaml.org,2002:js/function>. ${TAGS}`,
  ],
  ['a list', '- a\n', `1:1 The file holds a list; ${NOT_KEYS}`],
  ['a sentence', 'hello\n', `1:1 The file holds the text "hello"; ${NOT_KEYS}`],
  ['a number', '12\n', `1:1 The file holds a single value; ${NOT_KEYS}`],
  [
    'two documents',
    'a: 1\n---\nb: 2\n',
    '3:1 A second document starts here; a policy file holds one. Remove the line "---" in between.',
  ],
  [
    'a list as a key',
    '? [a]\n: b\n',
    '1:3 A key is a list, a group or a reference here; keys of a policy are plain words. Put text that starts with [, { or * in quotes.',
  ],
  ['a NUL', 'a: b\nc: \0\n', `2:4 ${NOT_TEXT}`],
  ['bytes that are no text', 'a: \uFFFD\n', `1:4 ${NOT_TEXT}`],
  [
    'deep nesting',
    '['.repeat(100_000),
    '1:20 This is not valid YAML: nesting exceeded maxDepth (20). A policy has at most five levels; write it without the extra nesting.',
  ],
  [
    'ten megabytes',
    'a: b\n'.repeat(2_000_000),
    '1:1 The file is 9766 KiB; a policy has at most 256 KiB. Keep only the policy in this file.',
  ],
];

test.each(HOSTILE.map(([name, text, expected]) => ({ name, text, expected })))('$name', ({ text, expected }) => {
  expect(told(text)).toEqual([expected]);
  expect(readYaml(text).value).toBeUndefined();
});

test('the billion laughs are refused before anything grows', () => {
  const text = ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]', 'd: [*c, *c]'].join('\n');
  expect(readYaml(text).problems).toHaveLength(6);
});

test('more keys and values than can be read in a moment are refused before any of them is looked at', () => {
  const { value, problems } = readYaml(`rules: [${'a,'.repeat(115_000)}a]`);
  expect([value, problems.map(({ line, message }) => `${line}: ${message}`)]).toEqual([
    undefined,
    ['1: The file has more keys and values than can be read in a moment: at most about 30000 of them.'],
  ]);
});

test('names of the prototype are keys like any other', () => {
  const { value } = readYaml('__proto__:\n  polluted: true\nconstructor: x\n');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((value as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a key written twice is told, and the rest is read', () => {
  expect(told('a: 1\nb: {c: 1, c: 2}\n')).toEqual([
    '2:11 The key "c" is written twice; it stands on line 2 already. Keep one of them.',
  ]);
  expect(readYaml('a: 1\na: 2\nb: 3\n').value).toEqual({ a: 2, b: 3 });
});

test('every key and value has its place, in block and flow style', () => {
  const { positions } = readYaml('a:\n  - b: "x"\n    c:\nd: {e: [1, 2]}\n');
  expect(positions.key(['a', 0, 'b'])).toEqual({ line: 2, column: 5 });
  expect(positions.value(['a', 0, 'b'])).toEqual({ line: 2, column: 8 });
  expect(positions.value(['a', 0, 'c'])).toEqual({ line: 3, column: 5 });
  expect(positions.value(['d', 'e', 1])).toEqual({ line: 4, column: 12 });
  expect(positions.key(['d', 'e', 'nowhere'])).toEqual({ line: 4, column: 5 });
});

test('no text makes it throw', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '*a',
    '&a',
    '!t',
    '"',
    "'",
    '|',
    '>',
    '?',
    '#',
    '---',
    '\t',
    '%',
    '\r',
    'é',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (source) => {
      const { value, problems, positions } = readYaml(source);
      expect(value === undefined ? problems.length > 0 : typeof value === 'object').toBe(true);
      for (const { line, column } of [...problems, positions.value([])]) expect(line >= 1 && column >= 1).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});
