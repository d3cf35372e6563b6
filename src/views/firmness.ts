/** How firmly a rule is held here, where that changes with time or is milder for newcomers. The words stay the same from day to day. */
import type { Reached } from '../policy/managed.ts';
import type { RuleVerdict } from '../verdict/verdict.ts';
import { LEVEL_NAMES } from './words.ts';

/** `Recommended until 2027-03-01, then required.` and why it is milder here; empty where neither is so. */
export function firmness({ enforce, rollout }: Pick<RuleVerdict, 'enforce' | 'rollout'>): string {
  if (!rollout) return '';
  const { next, grace } = rollout;
  const later =
    next === null || next.enforce === enforce
      ? ''
      : `${LEVEL_NAMES[enforce]} until ${next.from.slice(0, 10)}, then ${LEVEL_NAMES[next.enforce].toLowerCase()}.`;
  return [later, grace === null ? '' : milder(grace)].filter((text) => text !== '').join(' ');
}

function milder({ reason, until }: NonNullable<Reached['grace']>): string {
  const whom = reason === 'new-repository' ? 'a new repository' : 'a first contribution';
  return `Held less firmly for ${whom}${until === null ? '' : ` until ${until.slice(0, 10)}`}.`;
}
