/** The repository: its names, its settings, its default branch. */
import type { Question } from './fact.ts';
import type { Repository } from './source.ts';

/** GitHub custom properties of the repository, by name. */
export function properties(): Question<Readonly<Record<string, string | readonly string[]>>> {
  return { key: 'properties', permissions: ['metadata'], answer: (source) => source.properties() };
}

/** What GitHub, or the clone, says about the repository. */
export function repository(): Question<Repository> {
  return { key: 'repository', permissions: ['metadata'], answer: (source) => source.repository() };
}
