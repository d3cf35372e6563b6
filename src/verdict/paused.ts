/** What a pause makes of a conclusion: what is found is told as always, and none of it stands in anybody's way. Pure. */
import type { Policy } from '../policy/policy.ts';
import type { Conclusion } from './verdict.ts';

/** While the policy is paused, what would fail or wait is neutral; a success stays one. `paused` is null once the pause is over. */
export function softened(conclusion: Conclusion, { paused }: Pick<Policy, 'paused'>): Conclusion {
  if (paused === null) return conclusion;
  return conclusion === 'success' ? 'success' : 'neutral';
}
