/** `npm run fuzz`: properties that must hold for any input, tried on many more inputs than the tests have time for. */
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { identify } from '../../src/facts/license/identify.ts';
import { trailers } from '../../src/facts/trailers.ts';
import { parse } from '../../src/policy/parse.ts';
import { rules } from '../../src/rules/index.ts';
import { react } from '../../src/server/webhooks.ts';
import { quoted } from '../../src/views/markdown.ts';
import { message, readByGit } from '../support/messages.ts';
import { EXIT, oneOf, print, program, progress, table, whole } from '../support/program.ts';
import { newSeed } from '../support/random.ts';

const NAMES = ['trailers', 'policy', 'webhooks', 'markdown', 'license'] as const;
type Name = (typeof NAMES)[number];

const HELP = `
Tries properties on generated input and prints the smallest input that breaks one.

Usage: npm run fuzz -- [options]

  --only NAME    ${NAMES.join(', ')} or all (all)
  --runs N       inputs for each property (10000)
  --seed N       repeats a run (a new one, which is printed)
  --help

Examples:
  $ npm run fuzz
  $ npm run fuzz -- --only trailers --runs 100000

Exit codes:
  0  every property held
  1  one was broken; the input is printed
  2  bad usage
  3  the run could not be made
`;

interface Found {
  readonly name: Name;
  readonly runs: number;
  /** The smallest input found that breaks the property; null: it held. */
  readonly broken: string | null;
}

interface Effort {
  readonly runs: number;
  readonly seed: number;
}

const TRIALS: Readonly<Record<Name, (effort: Effort) => string | null>> = {
  trailers: likeGit,
  policy,
  webhooks,
  markdown,
  license,
};

/** Messages a batch: git keeps one repository for each. */
const BATCH = 10_000;

/** The same trailers as the installed git reads. */
function likeGit({ runs, seed }: Effort): string | null {
  for (let from = 0; from < runs; from += BATCH) {
    const messages = fc.sample(message, { numRuns: Math.min(BATCH, runs - from), seed: seed + from });
    const theirs = readByGit(messages);
    const odd = messages.findIndex((one, index) => {
      const ours = trailers(one).map(({ token, value }) => `${token}: ${value}`);
      return JSON.stringify(ours) !== JSON.stringify(theirs[index]);
    });
    const shown = messages[odd];
    if (shown !== undefined)
      return `${JSON.stringify(shown)}\ngit: ${JSON.stringify(theirs[odd])}\nhere: ${JSON.stringify(trailers(shown))}`;
  }
  return null;
}

/** A policy text gives a document or problems with a place in it, and never throws. */
function policy(effort: Effort): string | null {
  const word = fc.constantFrom(
    ...[
      'extends: ',
      'rules:',
      '  dco:',
      '    enforce: ',
      'block',
      'blok',
      'allow: ',
      '[MIT]',
      '\n',
      '  ',
      '&a ',
      '*a',
      '{',
      '}',
      '"',
      '!!js ',
      '- ',
      '\t',
      '\u0000',
      'yes',
      '1',
      '__proto__: ',
      '? ',
      '|',
      '>',
      '#',
      '%',
    ],
  );
  const text = fc.oneof(
    { weight: 4, arbitrary: fc.array(word, { maxLength: 40 }).map((words) => words.join('')) },
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  return counterexample(
    fc.property(text, (source) => {
      const { document, problems } = parse(
        { layer: 'organization', source: 'fuzz', commit: null, oid: null, text: source },
        rules,
      );
      const lines = source.split(/\r\n|\r|\n/).length;
      return (
        (document === null) === problems.length > 0 &&
        problems.every(({ line, column }) => line >= 1 && line <= lines + 1 && column >= 1)
      );
    }),
    effort,
  );
}

interface Recorded {
  readonly name: string;
  readonly examples: readonly object[];
}

/** The webhook table understands any payload, however mangled, or finds it irrelevant. */
function webhooks(effort: Effort): string | null {
  const recorded = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
    default?: readonly Recorded[];
  } & readonly Recorded[];
  const events = (recorded.default ?? recorded).flatMap(({ name, examples }) => examples.map((payload) => ({ name, payload })));
  const mangled = fc.tuple(
    fc.constantFrom(...events),
    fc.array(fc.tuple(fc.nat(), fc.jsonValue()), { minLength: 1, maxLength: 6 }),
  );
  return counterexample(
    fc.property(mangled, ([{ name, payload }, changes]) => {
      const copy = structuredClone(payload);
      for (const [place, value] of changes) replaceAt(copy, place, value);
      return typeof react(name, copy, { appId: null }) === 'object';
    }),
    effort,
  );
}

/** Replaces one of all values in a payload, wherever it is. */
function replaceAt(payload: object, place: number, value: unknown): void {
  const slots: (readonly [object, string])[] = [];
  const walk = (node: object): void => {
    for (const [key, child] of Object.entries(node)) {
      slots.push([node, key]);
      if (typeof child === 'object' && child !== null) walk(child as object);
    }
  };
  walk(payload);
  const slot = slots[place % Math.max(1, slots.length)];
  if (slot) (slot[0] as Record<string, unknown>)[slot[1]] = value;
}

/** Quoted text stays text: one paragraph without any element, whatever it holds. */
function markdown(effort: Effort): string | null {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        '@you',
        '#1',
        '`',
        '```',
        '|',
        '\n',
        '\n\n',
        '<b>',
        '</details>',
        '<!--',
        '-->',
        '**',
        '_',
        '[a](b)',
        '![a](b)',
        'https://x.y',
        'www.x.y',
        'a@b.c',
        '~~',
        '---',
        '# ',
        '> ',
        '- ',
        '1. ',
        '\\',
        '&amp;',
        ':tada:',
        '[^1]',
        'a/b#1',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const hostile = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));
  const html = (text: string): string =>
    micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return counterexample(
    fc.property(hostile, (text) => /^<p>a [^<]*z<\/p>$/.test(html(`a ${quoted(text)} z`))),
    effort,
  );
}

/** Any text gets an answer: some ids or none. */
function license(effort: Effort): string | null {
  const word = fc.constantFrom(
    ...[
      'Permission is hereby granted',
      'Apache License',
      'Copyright (c) 2020 X',
      '\n',
      ' * ',
      '// ',
      'END OF TERMS',
      '1.',
      'http://',
      '©',
      '\u0000',
      'AS IS',
      '"',
      "'",
      '<<beginOptional>>',
    ],
  );
  const text = fc.oneof(
    fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
    fc.string({ unit: 'binary', maxLength: 400 }),
  );
  return counterexample(
    fc.property(text, (source) => Array.isArray(identify(source))),
    effort,
  );
}

function counterexample<T>(property: fc.IProperty<T>, { runs, seed }: Effort): string | null {
  const result = fc.check(property, { numRuns: runs, seed });
  if (!result.failed) return null;
  const error = result.errorInstance instanceof Error ? (result.errorInstance.stack ?? '') : '';
  return `${fc.stringify(result.counterexample)}\n${error}`.trim();
}

await program(HELP, { only: 'all', runs: '10000', seed: '' }, async (given) => {
  const only = oneOf('only', given.only, [...NAMES, 'all']);
  const runs = whole('runs', given.runs, 1, 10_000_000);
  const seed = given.seed === '' ? newSeed() : whole('seed', given.seed, 0, 1_000_000_000);
  const found: Found[] = [];
  for (const name of NAMES.filter((one) => only === 'all' || one === only)) {
    progress(`${name}: ${runs} inputs, seed ${seed}`);
    found.push({ name, runs, broken: TRIALS[name]({ runs, seed }) });
  }
  print(
    table(
      ['property', 'inputs', 'held'],
      found.map(({ name, runs: tried, broken }) => [name, String(tried), broken === null ? 'yes' : 'NO']),
    ),
  );
  for (const { name, broken } of found) if (broken !== null) print(`\n${name} is broken by:\n${broken}`);
  await Promise.resolve();
  return found.every(({ broken }) => broken === null) ? EXIT.fine : EXIT.violated;
});
