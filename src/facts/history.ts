/** The commits on the default branch. */
import { known } from './answer.ts';
import type { Question } from './fact.ts';
import type { Commit } from './source.ts';

/** Every commit on the default branch since a day (`2026-01-31`), newest first; none where no day is given. */
export function history(since: string | null): Question<readonly Commit[]> {
  return {
    key: `history:${since ?? 'none'}`,
    permissions: ['contents'],
    answer: (source) => (since === null ? Promise.resolve(known([])) : source.history(`${since}T00:00:00Z`)),
  };
}
