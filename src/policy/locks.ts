/** What later layers cannot change at all, or may only tighten: by the names that `locked` and `mayOnlyTighten` give. */
import { NO_LOCKS, NO_RULE, placeText, type Held, type HeldRule, type Lock, type Locks } from './held.ts';
import { inheritedOptions } from './inherited-options.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Document } from './document.ts';
import type { Problem } from './policy.ts';
import { shapeOf } from './rule-schema.ts';

/** What binds a key of a rule; a roll-out and grace say how firmly, so they are bound with `enforce`. A lock before a ratchet. */
export function lockOn({ locked, mayOnlyTighten }: Locks, rule: string, key: string): Lock | null {
  const name = key === 'rollout' || key === 'grace' ? `${rule}.enforce` : `${rule}.${key}`;
  return locked.get(rule) ?? locked.get(name) ?? mayOnlyTighten.get(rule) ?? mayOnlyTighten.get(name) ?? null;
}

/**
 * What binds the certification: its own lock, else that of how firmly one of the given rules is held, because another
 * certification would switch it off. The latter lets it be tightened.
 */
export function lockOnCertification(locks: Locks, asked: readonly string[]): Lock | null {
  const own = locks.locked.get('certification') ?? locks.mayOnlyTighten.get('certification');
  if (own) return own;
  const [lock] = asked.flatMap((id) => lockOn(locks, id, 'enforce') ?? []);
  return lock ? { ...lock, kind: 'mayOnlyTighten' } : null;
}

/** The locks of a file. */
export function locksOf({ governance, file: { layer, source } }: Document): Locks {
  const named = (kind: Lock['kind']): ReadonlyMap<string, Lock> =>
    new Map(governance[kind].map(({ value, line, column }) => [value, { kind, value, origin: { layer, source, line }, column }]));
  return governance.locked.length + governance.mayOnlyTighten.length === 0
    ? NO_LOCKS
    : { locked: named('locked'), mayOnlyTighten: named('mayOnlyTighten') };
}

/** Both together; `problems`: names that are locked below already. */
export function joined(below: Locks, above: Locks): { readonly locks: Locks; readonly problems: readonly Problem[] } {
  if (above === NO_LOCKS) return { locks: below, problems: [] };
  const locks = {
    locked: new Map([...above.locked, ...below.locked]),
    mayOnlyTighten: new Map([...above.mayOnlyTighten, ...below.mayOnlyTighten]),
  };
  const again = [...above.locked.values(), ...above.mayOnlyTighten.values()].flatMap((lock) => {
    const first = covering(below, lock.value);
    const isSamePlace = first?.origin.source === lock.origin.source && first.origin.line === lock.origin.line;
    return first && !isSamePlace ? [needless(lock, first, lock.kind)] : [];
  });
  return { locks, problems: again };
}

/** Names that a repository cannot be let loosen, because they are bound; each is told. */
export function needlessLoosening(mayLoosen: Held<readonly string[]> | null, locks: Locks): readonly Problem[] {
  return (mayLoosen?.value ?? []).flatMap((name) => {
    const lock = within(locks, name);
    return lock && mayLoosen ? [needless({ ...mayLoosen, value: name }, lock, 'mayLoosen')] : [];
  });
}

/**
 * Options of rules that inherit them, as they are where they are bound: what is said of the other rule later must not
 * move them.
 */
export function bindInherited(
  rules: readonly AnyRule[],
  held: ReadonlyMap<string, Pick<HeldRule, 'options'>>,
  locks: Locks,
): ReadonlyMap<string, HeldRule['options']> {
  const found = rules.flatMap((rule) => {
    if (rule.inherits === undefined) return [];
    const all = inheritedOptions(rule, held);
    const own = held.get(rule.id) ?? NO_RULE;
    const bound = Object.entries(shapeOf(rule)).flatMap(([name, option]): readonly (readonly [string, Held<unknown>])[] => {
      const lock = lockOn(locks, rule.id, name);
      if (!lock || own.options.get(name)?.value !== undefined) return [];
      const { origin, column } = lock;
      const usual = { value: option.safeParse(undefined).data, origin, column };
      const inherited = all.get(name);
      return [[name, inherited?.value === undefined ? usual : inherited]];
    });
    return bound.length === 0 ? [] : [[rule.id, new Map([...own.options, ...bound])] as const];
  });
  return new Map(found);
}

/** The lock below that has the name, or its rule as a whole. */
function covering({ locked, mayOnlyTighten }: Locks, name: string): Lock | null {
  const rule = name.split('.')[0] ?? name;
  return locked.get(name) ?? locked.get(rule) ?? mayOnlyTighten.get(name) ?? mayOnlyTighten.get(rule) ?? null;
}

/** As `covering`; or, of a rule as a whole, a lock on one of its keys. */
function within(locks: Locks, name: string): Lock | null {
  const parts = [...locks.locked.values(), ...locks.mayOnlyTighten.values()];
  return covering(locks, name) ?? parts.find(({ value }) => value.startsWith(`${name}.`)) ?? null;
}

function needless(at: Held<string>, { kind, value, origin }: Lock, key: string): Problem {
  const why = kind === 'locked' ? 'is locked' : 'may only be tightened';
  const already = key === 'mayLoosen' ? '' : ' already';
  return {
    source: at.origin.source,
    line: at.origin.line ?? 1,
    column: at.column,
    path: key,
    severity: 'notice',
    message: `"${at.value}" has no effect here, because "${value}" ${why}${already} (${placeText(origin)}); that holds.`,
    hint: `Remove "${at.value}" under "${key}" here, or "${value}" under "${kind}" there.`,
  };
}
