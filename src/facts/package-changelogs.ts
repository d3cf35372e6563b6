/** Change logs beside packages: some projects keep one for each package and none at the root, and that is fine. */
import { known, type Answer } from './answer.ts';
import { COMMUNITY, kindOf } from './community-names.ts';
import type { Question } from './fact.ts';
import { join, listing, type Placed } from './files.ts';

/** A package's folder costs a call on GitHub, so only few are looked into. */
const MOST = 8;

/** Change logs in folders at the root that are named after the repository, as packages are: `lsm-tree/` of lsm-tree. */
export function packageChangelogs(side: 'head' | 'base', repository: string): Question<readonly string[]> {
  return {
    key: `package-changelogs:${side}`,
    permissions: ['contents'],
    answer: async (_, ask) => {
      const root = await ask(listing(side, '', COMMUNITY));
      if (!root.known) return root;
      const folders = likely(root.value ?? [], repository);
      let unread: Answer<readonly string[]> = known([]);
      for (const folder of folders) {
        // Untouched by the contribution: the base's listing is the same, and may be asked for by both sides.
        const entries = await ask(listing(folder.tree === 'base' ? 'base' : side, folder.name));
        if (!entries.known) unread = entries;
        const log =
          entries.known && entries.value?.find(({ name, kind }) => kind === 'file' && kindOf('changelog').isNamed(name));
        if (log) return known([join(folder.name, log.name)]);
      }
      return unread;
    },
  };
}

/** The folder of the repository's own name first, then those that share its first word. */
function likely(entries: readonly Placed[], repository: string): readonly Placed[] {
  const own = repository.toLowerCase();
  const [word = own] = own.split(/[-_.]/, 1);
  const rank = (name: string): number =>
    name === own ? 0 : name.startsWith(`${own}-`) ? 1 : word.length > 2 && name.startsWith(word) ? 2 : 3;
  return entries
    .filter(({ name, kind }) => kind === 'directory' && rank(name.toLowerCase()) < 3)
    .sort((a, b) => rank(a.name.toLowerCase()) - rank(b.name.toLowerCase()))
    .slice(0, MOST);
}
