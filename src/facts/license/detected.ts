/** What the text of a file says about its license. */
import type { Question } from '../fact.ts';
import type { Tree } from '../source.ts';
import { text } from '../text.ts';
import type { Detection } from './detection.ts';

/** Equal ids are equal texts, and are read once. */
export function detected(tree: Tree, oid: string): Question<Detection> {
  return {
    key: `license:${tree}:${oid}`,
    permissions: ['contents'],
    answer: async (source, ask) => {
      const written = await ask(text(tree, oid));
      return written.known ? source.detect(oid, written.value) : written;
    },
  };
}
