/** What a case about one rule is run on: facts by the names that the rule has for them, or those of one of its examples. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Facts, Needs } from '../facts/fact.ts';
import type { Flaw, Path, Positions } from '../policy/positions.ts';
import { didYouMean, listed, MAX_PROBLEMS, quoted } from '../policy/problem.ts';
import { examples } from '../rules/examples.ts';
import type { AnyRule, Options } from '../rules/rule.ts';
import type { Expectation } from './policy-test-schema.ts';

/** What a case about one rule says. */
export interface OfRule {
  readonly rule: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly example?: string;
  readonly expect: Expectation;
}

/** Everything in a case that its rule does not know. */
export function unfounded(text: OfRule, at: Path, positions: Positions, rules: readonly AnyRule[]): readonly Flaw[] {
  const { facts, example, expect } = text;
  const rule = rules.find(({ id }) => id === text.rule);
  if (!rule) return [];
  const needsFacts = (expect.outcome !== undefined && expect.outcome !== 'off') || expect.findings !== undefined;
  if (facts && example !== undefined) {
    const message = '"facts" and "example" are both here, and a case is run on one of them.';
    return [{ ...positions.key([...at, 'example']), path: [...at, 'example'], message, hint: 'Remove one of them.' }];
  }
  if (needsFacts && !facts && example === undefined) {
    const message = 'The case expects what the rule finds, and says nothing to find it in.';
    const hint = 'Add "example: …" with the sentence of one of the rule\'s examples, or "facts:".';
    return [{ ...positions.key([...at, 'expect']), path: [...at, 'expect'], message, hint }];
  }
  return [
    ...strayFacts(Object.keys(facts ?? {}), rule, at, positions),
    ...(example === undefined ? [] : strayExample(example, rule, at, positions)),
  ];
}

/** The facts of one of a rule's examples, by its sentence; case and a period at the end do not matter. Null: there is none. */
export function exampleFacts(rule: string, sentence: string): Readonly<Record<string, unknown>> | null {
  const found = (examples.get(rule) ?? []).find(({ name }) => bare(name) === bare(sentence));
  return found ? (found.facts as Readonly<Record<string, unknown>>) : null;
}

/** Values by the rule's own names as answers by the keys of its questions. What is not given is not known. */
export function factsOf(
  rule: AnyRule,
  options: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Facts {
  const answers = Object.entries(rule.needs('head', options) as Needs).map(
    ([name, { key }]): readonly [string, Answer<unknown>] => [
      key,
      Object.hasOwn(values, name) ? known(values[name]) : unknown(`the case does not give the fact ${quoted(name)}`),
    ],
  );
  return new Map(answers);
}

/** The first of them: more are not shown. */
function strayFacts(given: readonly string[], rule: AnyRule, at: Path, positions: Positions): readonly Flaw[] {
  const names = Object.keys(rule.needs('head', (rule.options as Options).parse({})) as Needs);
  const strays = given.filter((name) => !names.includes(name)).slice(0, MAX_PROBLEMS + 1);
  return strays.map((name) => {
    const path = [...at, 'facts', name];
    const message = `The rule ${rule.id} asks for no fact ${quoted(name)}; it asks for: ${listed(names)}.`;
    return { ...positions.key(path), path, message, hint: didYouMean(name, names) };
  });
}

function strayExample(sentence: string, rule: AnyRule, at: Path, positions: Positions): readonly Flaw[] {
  if (exampleFacts(rule.id, sentence)) return [];
  const path = [...at, 'example'];
  const message = `The rule ${rule.id} has no example ${quoted(sentence)}.`;
  const close = closest(
    sentence,
    (examples.get(rule.id) ?? []).map(({ name }) => name),
  );
  const hint = close === null ? '' : `Did you mean "${close}"? `;
  return [{ ...positions.value(path), path, message, hint: `${hint}The examples are listed in docs/rules/${rule.id}.md.` }];
}

/** The sentence that shares most words; null where none shares a third. */
function closest(sentence: string, sentences: readonly string[]): string | null {
  const wanted = new Set(bare(sentence).split(' '));
  const shared = sentences.map((one) => {
    const words = new Set(bare(one).split(' '));
    const common = [...wanted].filter((word) => words.has(word)).length;
    return { one, share: common / (wanted.size + words.size - common) };
  });
  const best = shared.reduce<{ one: string; share: number } | null>((a, b) => (a && a.share >= b.share ? a : b), null);
  return best && best.share > 1 / 3 ? best.one : null;
}

function bare(sentence: string): string {
  return sentence.trim().toLowerCase().replace(/\.$/, '').replace(/\s+/g, ' ');
}
