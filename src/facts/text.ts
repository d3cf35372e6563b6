/** The text of a file, by its git object id. */
import type { Question } from './fact.ts';
import type { Tree } from './source.ts';

/** The text of a blob; `tree` says in which repository to look, equal ids are equal texts. */
export function text(tree: Tree, oid: string): Question<string> {
  return { key: `text:${tree}:${oid}`, permissions: ['contents'], answer: (source) => source.text(tree, oid) };
}
