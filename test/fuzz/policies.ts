/** Policy files as people and others damage them: never a crash, and every problem has a place within the text. */
import fc from 'fast-check';
import { parse } from '../../src/policy/parse.ts';
import { MAX_PROBLEMS, problemText } from '../../src/policy/problem.ts';
import { rules } from '../../src/rules/index.ts';
import { readPresets } from '../../src/server/presets.ts';
import { attempt, must, share, type Check } from './check.ts';

const presets = readPresets();
const EXAMPLE = `# A policy
extends: baseline
checkName: Steward
mayLoosen: [dco]
readers: [acme]
rules:
  dco:
    enforce: block
    clause: { says: "All contributions", url: https://example.org/policy }
  license-file:
    enforce: warn
    allow: [Apache-2.0, MIT]
  required-files:
    enforce: observe
    files:
      - readme
      - security
`;
const texts = [...presets.values(), EXAMPLE];

const WORDS = [
  'extends',
  'rules',
  'dco',
  'enforce',
  'block',
  'off',
  'allow',
  'files',
  'clause',
  'url',
  '__proto__',
  'constructor',
];
const SIGNS = [
  ': ',
  ':',
  '\n',
  '\r\n',
  '\r',
  '  ',
  '\t',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '"',
  "'",
  '|',
  '>',
  '?',
  '#',
  '---\n',
  '...',
];
const MEANINGS = [
  '&a ',
  '*a',
  '!!js/function ',
  '!t ',
  '<<: ',
  '~',
  'null',
  'yes',
  '0x1F',
  '1e999',
  '.nan',
  '2026-01-01',
  '%YAML 1.1\n',
];
const piece = fc.oneof(
  fc.constantFrom(...WORDS, ...SIGNS, ...MEANINGS, '\ufeff', '\0', '\u2028', '\ud800', '😀', 'é'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** What is done to a text, at a place between its start (0) and its end (1). */
const damage = fc.record({
  at: share,
  takes: fc.oneof(fc.constant(0), fc.nat(40)),
  puts: fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
  repeats: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(200) }),
});

const damaged = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(damage, { maxLength: 6 }),
    fc.constantFrom('organization', 'repository', 'shared', 'preset'),
  )
  .map(([text, damages, layer]) => ({ text: damages.reduce(damagedBy, text), layer }) as const);

function damagedBy(
  text: string,
  { at, takes, puts, repeats }: { at: number; takes: number; puts: string; repeats: number },
): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + puts.repeat(repeats) + text.slice(start + takes);
}

type Damaged = typeof damaged extends fc.Arbitrary<infer T> ? T : never;

function holds({ text, layer }: Damaged): void {
  const file = { layer, source: 'acme/.github', commit: null, oid: null, text };
  const { document, problems } = parse(file, rules, presets);
  must(document !== null || problems.length > 0, () => 'refused without a problem');
  must(problems.length <= MAX_PROBLEMS, () => `${problems.length} problems`);
  const lines = text.split(/\r\n|\r|\n/);
  for (const problem of problems) {
    const { line, column } = problem;
    must(
      Number.isInteger(line) && line >= 1 && line <= lines.length,
      () => `line ${line} of ${lines.length}: ${problem.message}`,
    );
    // One past the end is where something is missing.
    const width = (lines[line - 1] ?? '').length + 1;
    must(Number.isInteger(column) && column >= 1 && column <= width, () => `column ${column} of ${width}: ${problem.message}`);
    must(!/[\n\r]/.test(problemText(problem)), () => 'a problem of more than one line');
  }
  must(JSON.stringify(document).length < 1_000_000 + 10 * text.length, () => 'a document that is much larger than its text');
  must(
    !Object.hasOwn(Object.prototype, 'polluted') && ({} as Record<string, unknown>)['enforce'] === undefined,
    () => 'the prototype is polluted',
  );
}

export const policiesDamaged: Check = {
  name: 'policy',
  says: 'a damaged policy file is a document or problems with places in its text, never a crash',
  run: (options) => attempt(damaged, holds, options),
};
