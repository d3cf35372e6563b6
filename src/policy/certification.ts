/** How contributions are certified, when a repository says it after its organization. */
import type { Certification } from './policy.ts';
import type { Refusal } from './refusals.ts';
import type { Held, Stack } from './stack.ts';

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

/** The certification of both stacks together; `refuse` is told of a wish that has no effect. */
export function certificationOver(upper: Stack, lower: Stack, refuse: (refusal: Refusal) => void): Held<Certification> | null {
  const [above, wish] = [upper.certification, lower.certification];
  if (!wish || upper.mayLoosen?.value.includes('certification') === true) return wish ?? above;
  const bound = above?.value ?? implied(upper);
  if (bound === null) return wish;
  if (bound === wish.value) return above ?? wish;
  if (FIRMER[bound].includes(wish.value)) return wish;
  refuse({
    name: 'certification',
    path: 'certification',
    allow: 'certification',
    wish,
    refused: JSON.stringify(wish.value),
    stays: bound,
    by: above?.origin ?? 'as the rules that the policy above asks for',
  });
  return above;
}

/** What the rules that are asked for amount to, where nobody says; null: neither of them is asked for. */
function implied({ rules }: Stack): Certification | null {
  const [dco, cla] = CERTIFYING.map((id) => (rules.get(id)?.enforce?.value ?? 'off') !== 'off');
  if (dco && cla) return 'both';
  return dco ? 'dco' : cla ? 'cla' : null;
}
