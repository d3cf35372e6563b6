/** Several files become one policy: where they contradict each other the firmer value wins, and it is said. */
import { CERTIFICATIONS, LEVELS, OVERRIDERS } from '../../policy/policy.ts';
import { isSame, tighten, tighteningOf, wordsOf } from '../../policy/tighten.ts';
import type { z } from 'zod';
import type { AnyRule, Options } from '../../rules/rule.ts';
import type { Decision, Line } from './decision.ts';
import { nearName } from './policy-text.ts';

export interface Merged {
  readonly lines: readonly Line[];
  /** Values that could not be kept beside another, for somebody to decide. */
  readonly lost: readonly Decision[];
}

/** What two values of one key amount to; null: neither is firmer. */
interface Joined {
  readonly value: unknown;
  /** Nothing of either is lost. */
  readonly isWhole: boolean;
}

/** One line a key, in the order in which keys are first met. */
export function merged(decisions: readonly Decision[], rules: readonly AnyRule[]): Merged {
  const lines = new Map<string, Line>();
  const lost: Decision[] = [];
  for (const decision of decisions) {
    if (decision.set === null) continue;
    const { key, value } = decision.set;
    const before = lines.get(key);
    if (before === undefined) {
      lines.set(key, { key, value, decisions: [decision], notes: [] });
      continue;
    }
    const joined = join(key, before.value, value, rules);
    if (joined === null) lost.push(unkept(decision, before));
    else lines.set(key, withOne(before, decision, joined));
  }
  return { lines: settled(lines), lost };
}

function withOne(before: Line, decision: Decision, { value, isWhole }: Joined): Line {
  const isKept = isSame(value, before.value);
  const loser = isKept ? decision : before.decisions.at(-1);
  const note = `Contradiction: ${placeOf(loser)} says ${shown(isKept ? decision.set?.value : before.value)}; the firmer value is kept.`;
  return {
    key: before.key,
    value,
    decisions: [...before.decisions, decision],
    notes: isWhole ? before.notes : [...before.notes, note],
  };
}

function unkept(decision: Decision, before: Line): Decision {
  const kept = `${before.key} is ${shown(before.value)} already, by ${placeOf(before.decisions[0])}; neither is firmer, so choose one.`;
  return { ...decision, says: `${shown(decision.set?.value)} was not kept: ${kept}`, set: null, isTodo: true };
}

/** What is locked cannot be loosened. */
function settled(lines: ReadonlyMap<string, Line>): readonly Line[] {
  const [locked, loose] = [lines.get('locked'), lines.get('mayLoosen')];
  if (!locked || !loose || !Array.isArray(locked.value) || !Array.isArray(loose.value)) return [...lines.values()];
  const ruleOf = (name: unknown): string => String(name).split('.')[0] ?? '';
  const held = new Set(locked.value.map(ruleOf));
  const [gone, value] = [
    loose.value.filter((name) => held.has(ruleOf(name))),
    loose.value.filter((name) => !held.has(ruleOf(name))),
  ];
  if (gone.length === 0) return [...lines.values()];
  const note = `Contradiction: ${placeOf(loose.decisions[0])} lets repositories loosen ${gone.join(', ')}; the firmer value is kept.`;
  return [...lines.values()].flatMap((line) => {
    if (line === locked) return [{ ...line, notes: [...line.notes, note] }];
    if (line !== loose) return [line];
    return value.length === 0 ? [] : [{ ...line, value }];
  });
}

function join(key: string, one: unknown, other: unknown, rules: readonly AnyRule[]): Joined | null {
  if (isSame(one, other)) return { value: one, isWhole: true };
  const keys = key.split('.');
  if (keys.at(-1) === 'enforce') return later(LEVELS, one, other);
  if (key === 'mayOverride') return later(OVERRIDERS.toReversed(), one, other);
  if (key === 'certification') return certification(one, other);
  if (['locked', 'mayLoosen', 'names'].includes(keys.at(-1) ?? '')) return union(one, other);
  const option = optionOf(keys, rules);
  return option === null ? null : joinOption(option, one, other);
}

function optionOf(keys: readonly string[], rules: readonly AnyRule[]): z.ZodType | null {
  const [id, name] = keys.slice(-2);
  const rule = rules.find((one) => one.id === id);
  return (
    (rule && name !== undefined ? ((rule.options as Options).shape as Readonly<Record<string, z.ZodType>>)[name] : undefined) ??
    null
  );
}

/** Either value may be the firmer one: what can be tightened to the other without loss is looser. */
function joinOption(option: z.ZodType, one: unknown, other: unknown): Joined | null {
  const [kind, words] = [tighteningOf(option), wordsOf(option)];
  if (kind === 'fixed') return null;
  if (kind === 'union') return union(one, other);
  const [up, down] = [tighten(kind, one, other, words), tighten(kind, other, one, words)];
  if (up.refused === null) return { value: up.value, isWhole: false };
  return down.refused === null || !isSame(up.value, one)
    ? { value: down.refused === null ? down.value : up.value, isWhole: false }
    : null;
}

function union(one: unknown, other: unknown): Joined | null {
  if (!Array.isArray(one) || !Array.isArray(other)) return null;
  const more: readonly unknown[] = other.filter((item) => !one.some((known) => isSame(known, item)));
  return { value: [...(one as readonly unknown[]), ...more], isWhole: true };
}

function later(words: readonly unknown[], one: unknown, other: unknown): Joined {
  return { value: words.indexOf(one) >= words.indexOf(other) ? one : other, isWhole: false };
}

function certification(one: unknown, other: unknown): Joined {
  const isBoth = [one, other].includes('dco') && [one, other].includes('cla');
  return isBoth ? { value: 'both', isWhole: true } : later(CERTIFICATIONS, one, other);
}

function placeOf(decision: Decision | undefined): string {
  if (decision === undefined) return 'another file';
  return decision.key === '' ? nearName(decision.source) : `${nearName(decision.source)}, line ${decision.line},`;
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
