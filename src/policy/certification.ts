/** How contributions are certified, when a repository says it after its organization. */
import type { Held } from './held.ts';
import { lockOnCertification } from './locks.ts';
import type { Certification } from './policy.ts';
import type { Refusal } from './refusals.ts';
import type { Stack } from './stack.ts';

/** The rules that certify. */
const CERTIFYING = ['dco', 'cla'] as const;

/** What a repository may move to. From one certificate to the other is another promise, not a firmer one. */
const FIRMER: Readonly<Record<Certification, readonly Certification[]>> = {
  none: ['either', 'dco', 'cla', 'both'],
  either: ['dco', 'cla', 'both'],
  dco: ['both'],
  cla: ['both'],
  both: [],
};

/** The ids of the rules that a certification asks for. */
export function asks(certification: Certification): readonly string[] {
  if (certification === 'none') return [];
  return certification === 'dco' || certification === 'cla' ? [certification] : CERTIFYING;
}

/** Whether one may be moved to the other by whoever may only tighten; from null, which says nothing, to any. */
export function isFirmer(from: Certification | null, to: Certification): boolean {
  return from === null || FIRMER[from].includes(to);
}

/** Those of the certifying rules that are asked. */
export function certifying<R>(rules: ReadonlyMap<string, R>, isAsked: (rule: R) => boolean): readonly string[] {
  return CERTIFYING.filter((id) => {
    const rule = rules.get(id);
    return rule !== undefined && isAsked(rule);
  });
}

/** What the certifying rules that are asked for amount to, where nobody says; null: neither of them is asked for. */
export function impliedBy(asked: readonly string[]): Certification | null {
  const [dco, cla] = CERTIFYING.map((id) => asked.includes(id));
  if (dco && cla) return 'both';
  return dco ? 'dco' : cla ? 'cla' : null;
}

/** The certification of both stacks together; `refuse` is told of a wish that has no effect. */
export function certificationOver(upper: Stack, lower: Stack, refuse: (refusal: Refusal) => void): Held<Certification> | null {
  const [above, wish] = [upper.certification, lower.certification];
  if (!wish) return above;
  const asked = certifying(upper.rules, ({ enforce }) => (enforce?.value ?? 'off') !== 'off');
  const lock = lockOnCertification(upper.locks, asked);
  if (!lock && upper.mayLoosen?.value.includes('certification') === true) return wish;
  const least = above?.value ?? impliedBy(asked);
  if (least === wish.value) return above ?? (lock?.kind === 'locked' ? null : wish);
  if (lock?.kind !== 'locked' && isFirmer(least, wish.value)) return wish;
  refuse({
    name: 'certification',
    path: 'certification',
    allow: 'certification',
    wish,
    refused: JSON.stringify(wish.value),
    stays: least ?? 'none',
    by: above?.origin ?? (least === null && lock ? lock.origin : 'as the rules that the policy above asks for'),
    ...(lock ? { lock } : {}),
  });
  return above;
}
