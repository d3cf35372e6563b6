/** The project's own list of who is who. */
import type { Question } from './fact.ts';

/** The text of `.mailmap` on the base branch, which the contribution itself cannot change; null: there is none. */
export function mailmap(): Question<string | null> {
  return { key: 'mailmap', permissions: ['contents'], answer: (source) => source.mailmap() };
}
