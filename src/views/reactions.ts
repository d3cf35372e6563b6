/** What people see of having been heard: a reaction on their comment. The check tells the rest. */
import type { Decision, Said } from '../verdict/said.ts';
import type { ReactionEffect } from './effect.ts';

type Decided = Pick<Said, 'commentId'> & { readonly decision: Pick<Decision, 'outcome'> };

/** One reaction a comment: heard, or not followed where any part of it was not. */
export function reactions(decided: readonly Decided[]): readonly ReactionEffect[] {
  const contents = new Map<number, ReactionEffect['content']>();
  for (const { commentId, decision } of decided) {
    if (commentId === null || decision.outcome === 'ignored') continue;
    if (decision.outcome === 'refused') contents.set(commentId, 'confused');
    else if (!contents.has(commentId)) contents.set(commentId, '+1');
  }
  return [...contents].map(([commentId, content]) => ({ kind: 'reaction', commentId, content }));
}
