/** What a contribution does to files. */
import type { Question } from './fact.ts';
import type { Change, Rename } from './source.ts';

/** Every changed file of the contribution against its merge base. */
export function changes(): Question<readonly Change[]> {
  return { key: 'changes', permissions: ['pull_requests', 'contents'], answer: (source) => source.changes() };
}

/** Where renamed files came from. Dear on GitHub: ask only when a rename could matter. */
export function renames(): Question<readonly Rename[]> {
  return { key: 'renames', permissions: ['pull_requests', 'contents'], answer: (source) => source.renames() };
}
