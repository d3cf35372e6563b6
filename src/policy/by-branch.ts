/** Last good policies by branch: a looser one elsewhere must not stand in for that of the default branch. */
import type { Library } from './library.ts';

type Memory = Pick<Library, 'goodPolicy' | 'keepGoodPolicy' | 'forgetGoodPolicy'>;

/** A memory that keeps the file called `source` apart for a branch; null is the default branch, which needs no mark. */
export function byBranch(memory: Memory, source: string, branch: string | null): Memory {
  const key = (name: string): string => (branch !== null && name === source ? `${name}@${branch}` : name);
  return {
    goodPolicy: async (name) => {
      const kept = await memory.goodPolicy(key(name));
      return kept && { ...kept, source: name };
    },
    keepGoodPolicy: (file) => memory.keepGoodPolicy({ ...file, source: key(file.source) }),
    forgetGoodPolicy: async (name) => memory.forgetGoodPolicy?.(key(name)),
  };
}
